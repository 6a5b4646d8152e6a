/** A document that has everything that one may have, with texts that a test chooses. */
import type { Document, Finding, FindingName, Place } from "../../report/document";

/** Every text of the document goes through it; `where` says which one it is. */
export type TextOf = (where: string) => string;

export function everyBlock(text: TextOf = (where) => where, command = "sample"): Document {
  const place: Place = { path: text("path"), file: text("file"), line: 41 };
  const byRule: FindingName = { by: "rule", rule: text("rule"), subject: text("subject") };
  const byResource: FindingName = { by: "resource", resource: text("resource") };
  return {
    command,
    tool: { name: "duplex-sample", version: "1.2.3", fingerprint: "duplexSample/v1" },
    headline: { tone: "unknown", text: text("headline"), verdict: "unread", source: text("source") },
    rules: [
      {
        ...{ id: "DPX301", name: text("rule name"), title: text("rule title"), level: "error" },
        ...{ description: text("rule description"), help: { text: text("help"), snippet: text("snippet") } },
        ...{ helpUri: "https://duplex.dev/policies/single-facility", tags: [text("tag")] },
      },
      { id: "drift-cosmetic", name: "cosmetic", title: text("other title"), level: "note" },
    ],
    checks: [
      { name: "first", passed: "holds" },
      { name: "second", passed: "holds" },
    ],
    body: () => [
      {
        ...{ kind: "findings", isBrief: true, title: [text("cause")] },
        findings: [
          finding(text, { name: byRule, place }),
          finding(text, {
            name: byResource,
            place: { path: null, file: "stdin" },
            level: "note",
            rule: "drift-cosmetic",
          }),
        ],
      },
      {
        ...{ kind: "table", isBrief: true, title: text("table"), caption: text("caption"), corner: text("corner") },
        columns: [text("column"), text("second column")],
        rows: [{ name: text("row"), cells: [{ text: text("cell"), tone: "bad" }, { text: text("plain cell") }] }],
      },
      {
        ...{ kind: "chain", isBrief: false, title: [text("chain"), { code: text("chain code") }] },
        links: [
          { text: text("first link"), tone: "bad" },
          { text: text("second link"), by: text("link by") },
        ],
      },
      {
        ...{ kind: "unjudged", isBrief: true, title: text("unjudged"), name: "could-not-tell", level: "error" },
        items: [{ resource: text("unread"), reason: text("reason"), place }],
      },
      {
        ...{ kind: "unjudged", isBrief: true, title: text("skipped"), name: "not-judged", level: "note" },
        items: [{ resource: text("unknown"), type: text("type"), reason: text("why"), place }],
      },
      {
        ...{ kind: "list", isBrief: false, title: [text("list"), { code: text("list code") }] },
        items: [[text("item"), { code: text("item code") }, { command: text("item command") }]],
      },
      {
        ...{ kind: "entries", isBrief: false, total: text("total") },
        entries: [
          {
            ...{ name: text("entry"), title: text("entry title"), about: [text("entry about")] },
            ...{ text: text("entry text"), fix: text("entry fix") },
          },
        ],
      },
    ],
    asides: () => [
      {
        finding: finding(text, { name: byRule, place, baseline: "unchanged" }),
        taken: { kind: "external", reason: text("taken") },
      },
      { finding: finding(text, { name: byResource, place, baseline: "absent" }) },
    ],
    series: () => [{ name: "things_seconds", help: "Seconds of things.", samples: [[{ stack: text("label") }, 1.5]] }],
    data: { value: { text: text("data"), list: [1, 2] } },
  };
}

function finding(text: TextOf, changes: Pick<Finding, "name" | "place"> & Partial<Finding>): Finding {
  return {
    ...{ rule: "DPX301", check: "first", level: "error", mark: "refused", kind: text("kind") },
    ...{ about: [text("about")], incidents: ["1"], instance: text("instance"), message: text("message") },
    evidence: [
      { text: [text("evidence"), { code: text("evidence code") }] },
      { label: text("label of evidence"), text: [text("detail")], isDetail: true },
    ],
    resources: [text("urn")],
    properties: [text("property")],
    isUnproven: true,
    fixes: [{ text: [text("fix"), { command: text("fix command") }], action: "mend" }],
    identity: [text("identity")],
    facts: { fact: text("fact") },
    ...changes,
  };
}
