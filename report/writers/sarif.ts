import { createHash } from "node:crypto";
import { visible, visibleJson } from "../../lib/visible";
import {
  asidesOf,
  blocksOf,
  findingsOf,
  type Aside,
  type Document,
  type Finding,
  type Place,
  type Rule,
  type Tool,
} from "../document";
import { sentencesOf } from "./sentences";
import type { Writer } from "./writer";

/** SARIF 2.1.0 (OASIS), with what GitHub's code scanning asks for: rules, a place, a stable fingerprint. */
export const sarif: Writer = (document) => [`${visibleJson(JSON.stringify(logOf(document), undefined, 2))}\n`];

function logOf(document: Document) {
  const { tool, rules, headline } = document;
  const unjudged = blocksOf(document, "unjudged");
  const positions = new Map(rules.map(({ id }, position) => [id, position]));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: tool.name, semanticVersion: tool.version, rules: rules.map(ruleOf) } },
        invocations: [
          {
            executionSuccessful: !unjudged.some(({ level, items }) => level === "error" && items.length > 0),
            toolExecutionNotifications: unjudged.flatMap(({ title, level, items }) =>
              items.map(({ resource, type, reason }) => ({
                level,
                message: {
                  text: linkless(`${title}: ${resource}${type === undefined ? "" : ` (${type})`}: ${reason}`),
                },
              })),
            ),
          },
        ],
        columnKind: "utf16CodeUnits",
        results: [
          ...findingsOf(document).map((finding) => resultOf(finding, positions.get(finding.rule), tool)),
          ...asidesOf(document).map(({ finding, taken }) => ({
            ...resultOf(finding, positions.get(finding.rule), tool),
            ...(taken === undefined ? {} : { suppressions: [suppressionOf(taken)] }),
          })),
        ],
        ...(headline === undefined ? {} : { properties: { verdict: headline.verdict, headline: headline.text } }),
      },
    ],
  };
}

function ruleOf({ id, name, title, description, help, helpUri, level, tags }: Rule) {
  return {
    id,
    name,
    shortDescription: { text: title },
    ...(description === undefined ? {} : { fullDescription: { text: description } }),
    ...(help === undefined ? {} : { help: helpOf(help) }),
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level },
    ...(tags === undefined ? {} : { properties: { tags } }),
  };
}

function helpOf({ text, snippet }: NonNullable<Rule["help"]>) {
  return { text: `${text}\n\n${snippet}`, markdown: `${text}\n\n\`\`\`ts\n${snippet}\n\`\`\`` };
}

/** @param ruleIndex undefined of a rule that the document does not list */
function resultOf(finding: Finding, ruleIndex: number | undefined, tool: Tool) {
  const { name, rule, level, resources, place, identity, facts } = finding;
  // Viewers show the message alone: a finding that is named for a resource has to name it there.
  const lines = [...(name.by === "resource" ? [name.resource] : []), ...sentencesOf(finding)];
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level,
    message: { text: lines.map(linkless).join("\n") },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(place) },
          region: { startLine: place.line ?? 1 },
        },
        logicalLocations: resources.map((urn) => ({ fullyQualifiedName: urn, kind: "resource" })),
      },
    ],
    ...(finding.baseline === undefined ? {} : { baselineState: finding.baseline }),
    partialFingerprints: { [tool.fingerprint]: hashOf(identity) },
    properties: facts,
  };
}

/** Beside the resource, or in a file of settings or known findings (SARIF 2.1.0, 3.35). */
function suppressionOf({ kind, reason }: NonNullable<Aside["taken"]>) {
  return { kind, status: "accepted", justification: linkless(reason) };
}

/** Viewers make a link of `[text](target)` (SARIF 2.1.0, 3.11.6), and a name may be no link. */
function linkless(text: string): string {
  return visible(text).replace(/\](?=\()/g, "\\]");
}

function hashOf(identity: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(identity)).digest("hex");
}

/** A relative reference (RFC 3986). */
function uriOf({ file }: Place): string {
  const relative = file.replace(/\\/g, "/").replace(/^\.\//, "");
  return relative.split("/").map(encodeURIComponent).join("/");
}
