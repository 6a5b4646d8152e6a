/** Turns the schema library's issues into mistakes: the path, the value received, and what to write instead. */
import { isRecord } from "../lib/records";
import type { z } from "zod";
import type { Mistake } from "../model";
import { type Path, show, showPath, valueAt } from "./source";
import { writeOneOf } from "./suggest";

type Issue = z.core.$ZodIssue;
type Finding = Mistake & { readonly at: Path };

/** A mistake whose path is kept as a list, for the line to be found. */
export type LocatedMistake = Finding;

/** One mistake for each issue; an unknown field for each field. */
export function schemaMistakes(issues: readonly Issue[], value: unknown): readonly LocatedMistake[] {
  return issues.flatMap((issue) => fromIssue(issue, value));
}

function fromIssue(issue: Issue, value: unknown): readonly LocatedMistake[] {
  const path = issue.path.filter((part): part is string | number => typeof part !== "symbol");
  const received = valueAt(value, path);
  const make = (code: string, message: string, fix: string, at: Path = path): LocatedMistake => ({
    code,
    message,
    fix,
    path: showPath(at),
    at,
  });
  if (received === undefined && issue.code !== "unrecognized_keys") {
    return [make("DPX111", "A required field is missing.", `Add it: ${expectationOf(issue)}`)];
  }
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = isRecord(received) ? Object.keys(received).filter((key) => !issue.keys.includes(key)) : [];
      return issue.keys.map((key) =>
        make(
          "DPX112",
          `The field "${key}" is not known here.`,
          `Remove it or correct its name; fields in use beside it: ${known.sort().join(", ") || "none"}.`,
          [...path, key],
        ),
      );
    }
    case "invalid_type":
      return [make("DPX110", `The value ${show(received)} has the wrong type.`, `Write ${expectationOf(issue)}`)];
    case "too_small":
    case "too_big":
      return [make("DPX113", `The value ${show(received)} is out of range.`, `Write ${expectationOf(issue)}`)];
    case "invalid_value": {
      const allowed = issue.values.map(String);
      const fix = writeOneOf(typeof received === "string" ? received : show(received), allowed);
      return [make("DPX114", `The value ${show(received)} is not one of those allowed.`, fix)];
    }
    case "invalid_format":
      return [
        make("DPX115", `The value ${show(received)} does not have the form expected.`, `Write ${expectationOf(issue)}`),
      ];
    case "invalid_union":
      return [unionMistake(issue, received, make)];
    case "not_multiple_of":
    case "invalid_key":
    case "invalid_element":
    case "custom":
      return [make("DPX116", `The value ${show(received)} is not accepted.`, `${issue.message}.`)];
    default:
      return unexpected(issue);
  }
}

function unionMistake(
  issue: Extract<Issue, { code: "invalid_union" }>,
  received: unknown,
  make: (code: string, message: string, fix: string, at?: Path) => LocatedMistake,
): LocatedMistake {
  const branches = issue.errors.flat();
  const allowed = branches.flatMap((branch) => (branch.code === "invalid_value" ? branch.values.map(String) : []));
  if (allowed.length > 0) {
    return make("DPX114", `The value ${show(received)} is not one of those allowed.`, `Write ${allowed.join(" or ")}.`);
  }
  return make("DPX114", `The kind ${show(received)} of site does not exist.`, "Write facility or cloud.");
}

function expectationOf(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return `${article(issue.expected)}.`;
    case "too_small": {
      const least = issue.inclusive === false ? "more than" : "at least";
      return `${least} ${String(issue.minimum)}${countOf(issue.origin)}.`;
    }
    case "too_big": {
      const most = issue.inclusive === false ? "less than" : "at most";
      return `${most} ${String(issue.maximum)}${countOf(issue.origin)}.`;
    }
    case "invalid_value":
      return `${issue.values.map(String).join(" or ")}.`;
    case "invalid_format":
      return formats[patternKey(issue)] ?? `a value like ${patternKey(issue)}.`;
    case "unrecognized_keys":
    case "invalid_union":
    case "not_multiple_of":
    case "invalid_key":
    case "invalid_element":
    case "custom":
      return `${issue.message}.`;
    default:
      return unexpected(issue);
  }
}

const formats: Readonly<Record<string, string>> = {
  ipv4: "an IPv4 address such as 203.0.113.10.",
  date: "a day such as 2026-09-12, in quotes.",
  datetime: "a time with seconds and its offset from UTC, such as 2022-10-15T15:19:00+09:00.",
  "/^\\d+(\\.\\d+)?[smhd]$/": "a number and a unit, such as 60s, 5m or 1h.",
  "/^[a-z]([a-z0-9-]{0,22}[a-z0-9])?$/":
    "lower case letters, digits and hyphens, beginning with a letter, at most 24 characters.",
  "/^[a-z]+\\d-az\\d+$/": "a zone id such as apne2-az1, not a zone name such as ap-northeast-2a.",
  "/^[a-z]{2}(-[a-z]+)+-\\d$/": "the code of a region, such as ap-northeast-2.",
  "/^([a-z0-9-]+\\.)+[a-z]{2,}$/": "a domain name such as duplex.example.",
  "/^\\/\\S*$/": "a path such as /healthz/deep.",
  "/^(\\d{1,3}\\.){3}\\d{1,3}\\/\\d{1,2}$/": "a range of IPv4 addresses such as 10.20.0.0/16.",
  email: "an address of mail such as team@example.net.",
  url: "an address that begins with https://.",
  "/^arn:[\\w-]+:[\\w-]+:[\\w-]*:\\d*:\\S+$/":
    "an ARN such as arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:pay-AbCdEf.",
  "/^[A-Z][A-Z0-9_]*$/": "the name of a variable such as LOG_LEVEL.",
  "/^\\d{12}$/": "the twelve digits of an account, in quotes.",
  "/^([a-z0-9]+([._-][a-z0-9]+)*\\/)*$/": "lower case letters and digits with a slash at the end, such as shop/.",
  "/^[A-Z]{3}$/": "a currency's ISO 4217 code, such as KRW.",
};

function patternKey(issue: Extract<Issue, { code: "invalid_format" }>): string {
  return issue.pattern && issue.format === "regex" ? issue.pattern : issue.format;
}

function article(expected: string): string {
  return { array: "a list", object: "a group of fields", int: "a whole number" }[expected] ?? `a ${expected}`;
}

function countOf(origin: string): string {
  return origin === "array" || origin === "set" ? " of them" : origin === "string" ? " character(s)" : "";
}

function unexpected(issue: never): never {
  throw new Error(`The schema library reported an issue of a kind that is not handled: ${JSON.stringify(issue)}`);
}
