/**
 * JUnit's XML: a suite for each check. What refuses is a failure; everything else that was found is a passing case with
 * a message, since every tool that reads this turns a failure into a red build. A resource without a verdict is an
 * error where it stands in the way of the whole verdict, and else skipped.
 */
import { visible, visibleLines } from "../../lib/visible";
import {
  asidesOf,
  blocksOf,
  findingsOf,
  type Aside,
  type Document,
  type Finding,
  type UnjudgedBlock,
} from "../document";
import { countOf, sentencesOf } from "./sentences";
import type { Writer } from "./writer";

export const junit: Writer = (document) => [`<?xml version="1.0" encoding="UTF-8"?>\n${rootOf(document)}\n`];

interface Suite {
  readonly xml: string;
  readonly tests: number;
}

interface Counts {
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

function rootOf(document: Document): string {
  const unjudged = blocksOf(document, "unjudged");
  const suites = [...checkSuites(document), ...unjudged.filter(({ items }) => items.length > 0).map(unjudgedSuite)];
  const itemsOf = (isError: boolean): number =>
    unjudged.filter(({ level }) => (level === "error") === isError).flatMap(({ items }) => items).length;
  const taken = asidesOf(document).filter((aside) => aside.taken !== undefined).length;
  const attributes = {
    name: `duplex ${document.command}${document.headline === undefined ? "" : ` ${document.headline.source}`}`,
    tests: suites.reduce((sum, { tests }) => sum + tests, 0),
    failures: countOf(document, "error"),
    // Where nothing can be skipped the attribute would only be read as if something could.
    ...(unjudged.some(({ level }) => level !== "error") || taken > 0 ? { skipped: itemsOf(false) + taken } : {}),
    errors: itemsOf(true),
  };
  return element(
    "testsuites",
    attributes,
    suites.map(({ xml }) => xml),
  );
}

function checkSuites(document: Document): readonly Suite[] {
  const findings = findingsOf(document);
  const taken = asidesOf(document).filter((aside): aside is TakenAside => aside.taken !== undefined);
  return document.checks.map(({ name, passed }) => {
    const own = findings.filter(({ check }) => check === name);
    const skipped = taken.filter(({ finding }) => finding.check === name);
    const cases = [...own.map(findingCase), ...skipped.map(takenCase)];
    const failures = own.filter(({ level }) => level === "error").length;
    const held = element("testcase", { classname: name, name: passed }, []);
    return suite(name, cases.length === 0 ? [held] : cases, { failures, errors: 0, skipped: skipped.length });
  });
}

function unjudgedSuite({ name, level, items }: UnjudgedBlock): Suite {
  const isError = level === "error";
  const cases = items.map(({ resource, reason }) => {
    const child = isError
      ? element("error", { type: "unread", message: reason }, [])
      : element("skipped", { message: reason }, []);
    return element("testcase", { classname: name, name: resource }, [child]);
  });
  const [errors, skipped] = isError ? [items.length, 0] : [0, items.length];
  return suite(name, cases, { failures: 0, errors, skipped });
}

function suite(name: string, cases: readonly string[], { failures, errors, skipped }: Counts): Suite {
  const attributes = { name, tests: cases.length, failures, errors, skipped };
  return { xml: element("testsuite", attributes, cases), tests: cases.length };
}

type TakenAside = Aside & { readonly taken: NonNullable<Aside["taken"]> };

/** What somebody has taken for a time neither fails nor holds. */
function takenCase({ finding, taken }: TakenAside): string {
  const { check, instance, message } = finding;
  const children = [
    element("skipped", { message: taken.reason }, []),
    element("system-out", {}, [escapeXml(visibleLines(message))]),
  ];
  return element("testcase", { classname: check, name: instance }, children);
}

function findingCase(finding: Finding): string {
  const { check, instance, level, kind, message, name, resources } = finding;
  const lines = [...sentencesOf(finding), ...(name.by === "rule" ? resources.map(visible) : [])];
  const body = [escapeXml(visibleLines(lines.join("\n")))];
  const child = level === "error" ? element("failure", { type: kind, message }, body) : element("system-out", {}, body);
  return element("testcase", { classname: check, name: instance }, [child]);
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly string[],
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(visible(String(value)))}"`);
  const open = `<${name}${written.join("")}`;
  return children.length === 0 ? `${open}/>` : `${open}>${children.join("")}</${name}>`;
}

/** Escapes markup. What XML 1.0 cannot hold at all (control characters, lone surrogates) is visible before. */
function escapeXml(value: string): string {
  return value
    .replace(/[\ufffe\uffff]/g, "\ufffd")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;");
}
