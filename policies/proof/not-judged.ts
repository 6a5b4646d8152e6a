import { listsBy } from "../../lib/lists";
import type { UnjudgedSettingFact, Urn } from "../../model";
import { factsOf, servicesById } from "../evidence/read";
import { list, subject } from "../evidence/words";
import type { Policy, PolicyContext, Violation } from "../policy";

export const notJudged: Policy = {
  name: "not-judged",
  code: "DPX399",
  title: "Resources and settings that no reader understands are named",
  family: "proof",
  severity: "low",
  rows: ["K6"],
  why:
    "The whole was as redundant as its weakest system; a system that nobody looked at is the likeliest to be that " +
    "one.",
  proves:
    "Lists each resource that places, holds or routes something and of which the pack cannot tell what its loss " +
    "does; and, for each service, the settings on what it is made of that could keep requests from being served and " +
    "that no reader looks at, where they are set to other than their default (docs/readers.md has them). A resource " +
    "only advises; a setting is an unknown, which a tier that asks for proof refuses.",
  fix: {
    text:
      "Judge it by hand, or state where it stands and what needs it with Duplex's tags; leave the setting at its " +
      "default, or exempt the service with a reason.",
    snippet: 'tags: { "duplex:service": "search", "duplex:layer": "store", "duplex:site": "seoul" }',
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  *judge(context) {
    yield* resources(context);
    yield* settings(context);
  },
};

function* resources(context: PolicyContext): Generator<Violation> {
  const byReason = listsBy(context.estate.notJudged, ({ type, reason }) => `${type}\n${reason}`);
  for (const group of byReason.values()) {
    const [{ type, reason } = { type: "", reason: "" }] = group;
    yield {
      verdict: "unknown",
      lost: [],
      advises: true,
      urns: group.map(({ urn }) => urn).sort(),
      message:
        `Every ${type} must be judged, and ${group.length === 1 ? "this one is" : `these ${group.length} are`} not: ` +
        `${reason}`,
    };
  }
}

/** One violation for each service: who reads it wants the list at once. */
function* settings(context: PolicyContext): Generator<Violation> {
  const services = servicesById(context.estate);
  const byService = listsBy(factsOf(context.estate, "unjudgedSetting"), ({ service = "" }) => service);
  for (const [id, facts] of byService) {
    const service = services.get(id);
    if (service === undefined) continue;
    const told = [...listsBy(facts, ({ could, property }) => `${could}\n${property}`).values()].map(inWords);
    yield {
      verdict: "unknown",
      service: id,
      lost: [],
      urns: [...new Set(facts.map(({ urn }) => urn))].sort(),
      properties: facts.map(({ urn, property }) => `${urn}.${property}`).sort(),
      message:
        `${subject(service)} must rest on settings that somebody has judged, and no reader looks at ` +
        `${list(told, 6)}.`,
      fix: "Leave the setting at its default, or see by hand that it does no harm and exempt the service.",
    };
  }
}

/** `placement.tenancy of "web" and 2 more, which could keep it from starting`. */
function inWords(facts: readonly UnjudgedSettingFact[]): string {
  const [{ property, could } = { property: "", could: "" }] = facts;
  const names = facts.map(({ urn }) => `"${nameIn(urn)}"`);
  return `${property} of ${list([...new Set(names)].sort(), 2)}, which ${could}`;
}

function nameIn(urn: Urn): string {
  const at = urn.lastIndexOf("::");
  return at < 0 ? urn : urn.slice(at + 2);
}
