/** The page of an estate, and what a browser would find in it. */
import { createHash } from "node:crypto";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import type { Estate } from "../../model";
import { checkDocument } from "../../report/check/document";
import { checkReport, type CheckReport, type ReportInput } from "../../report/check/report";
import { pageData, type PageData } from "../../report/page/data";
import { renderPage } from "../../report/page/page";
import { wordsOf, type Language } from "../../report/page/words";
import { createSurvival } from "../../survival";
import { policies } from "./checkReports";

const today = "2022-10-15";

export interface Page {
  readonly text: string;
  readonly data: PageData;
}

/** @param changes of the judgement, which finds nothing unless they say so */
export function pageOfEstate(estate: Estate, language: Language = "en", changes: Partial<ReportInput> = {}): Page {
  const survival = createSurvival(estate);
  const report = checkReport({
    ...{ estate, survival, verdict: "survives", frail: [], findings: [], exempted: [], exemptions: [], today },
    ...{ notJudged: estate.notJudged, source: { kind: "state", path: "state.json", resources: 1 }, version: "1.2.3" },
    ...changes,
  });
  return pageOfReport(report, estate, language);
}

export function pageOfReport(report: CheckReport, estate: Estate, language: Language = "en"): Page {
  const data = pageData(report, estate, createSurvival(estate), today);
  return { data, text: renderPage(data, checkDocument(report, policies), wordsOf(language)) };
}

export interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Every element of the page. Our templates close what they open, so that it is XML but for its first line. */
export function elementsOf(text: string): readonly Element[] {
  const xml = text.replace(/^<!doctype html>/, "");
  const validity = XMLValidator.validate(xml, { allowBooleanAttributes: true });
  if (validity !== true) throw new Error(JSON.stringify(validity.err));
  const options = {
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: "",
    allowBooleanAttributes: true,
  };
  const parsed = new XMLParser({ ...options, htmlEntities: true, trimValues: false }).parse(xml) as unknown;
  return walked(parsed);
}

type Node = Readonly<Record<string, unknown>>;

function walked(nodes: unknown): readonly Element[] {
  return (nodes as readonly Node[]).flatMap((node) =>
    Object.entries(node).flatMap(([tag, inner]): readonly Element[] => {
      if (tag === ":@" || tag === "#text") return [];
      const attributes = (node[":@"] ?? {}) as Readonly<Record<string, string>>;
      return [{ tag, attributes }, ...walked(inner)];
    }),
  );
}

/** The hash that the page's policy would have to name for its style sheet. */
export function styleHashOf(text: string): string {
  const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? "";
  return `'sha256-${createHash("sha256").update(style).digest("base64")}'`;
}

/** Text as it is read: without tags, entities resolved, blanks as one. */
export function readable(text: string): string {
  return text
    .replace(/<style>[\s\S]*?<\/style>/, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&(lt|gt|quot|#39|#96|amp);/g, (_, name: string) => entities[name] ?? "")
    .replace(/\s+/g, " ");
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', "#39": "'", "#96": "`", amp: "&" };
