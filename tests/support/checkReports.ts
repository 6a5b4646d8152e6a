/** A small estate with one thing wrong, judged by two policies: what the formats are tried on. */
import { type Estate } from "../../model";
import { createSurvival } from "../../survival";
import type { ExemptedFinding } from "../../policies/judge";
import type { Exemption, Finding, Policy } from "../../policies/policy";
import { checkReport, type CheckReport, type ReportInput } from "../../report/check/report";
import { cloud, dns, estate, facility, needs, replicasIn, service, target } from "./estateBuilder";

const pangyo = facility("pangyo");
const anyang = facility("anyang");
const seoul = cloud("seoul");

/** A messenger in two buildings and a cloud region, whose login stands in Pangyo alone. */
export function messengerEstate(): Estate {
  const messengers = replicasIn("messenger", [pangyo, anyang, seoul]);
  const addresses = messengers.map((replica) => target([replica.id]));
  return estate(
    [pangyo, anyang, seoul],
    [
      service("messenger", messengers, {
        routes: [dns("messenger.example", addresses)],
        dependencies: [needs("login")],
      }),
      service("login", replicasIn("login", [pangyo]), { tier: "important" }),
      service("ads", replicasIn("ads", [anyang]), { tier: "standard" }),
    ],
    {
      notJudged: [{ urn: "urn:pulumi:prod::p::aws:fsx/x:X::disk", type: "aws:fsx/x:X", reason: "No reader knows it." }],
    },
  );
}

export const policies: readonly Policy[] = [
  policy("single-facility", "DPX301", "mandatory"),
  policy("dns-ttl", "DPX320", "advisory"),
];

function policy(name: string, code: string, level: "mandatory" | "advisory"): Policy {
  return {
    ...{ name, code, title: `Title of ${name}`, family: "concentration", severity: "critical", rows: ["1", "K1"] },
    ...{ why: "One building burned.", proves: "No building is the only one.", levels: { critical: level }, config: {} },
    fix: { text: "Add a replica elsewhere.", snippet: 'sites: ["pangyo", "anyang"]' },
    judge: () => [],
  };
}

/** A finding on the messenger without Pangyo, with everything that a hostile name can hold in its message. */
export function finding(changes: Partial<Finding> = {}): Finding {
  return {
    ...{ policy: "single-facility", code: "DPX301", severity: "critical", level: "mandatory", tier: "critical" },
    ...{ rows: ["1", "K1"], verdict: "broken", service: "messenger", lost: ["facility:pangyo"] },
    message: "Service messenger must survive facility pangyo; login stands nowhere else.",
    fix: "Run login in a second building.",
    urns: ["login@pangyo", "messenger@pangyo"],
    properties: ["placement"],
    ...changes,
  };
}

export interface ReportChanges extends Partial<Pick<ReportInput, "verdict" | "findings" | "notes" | "source">> {
  readonly exemptions?: readonly Exemption[];
  readonly exempted?: readonly ExemptedFinding[];
}

/** The report of that estate: refused, with one piece of advice. */
export function report(changes: ReportChanges = {}): CheckReport {
  const estate = messengerEstate();
  return checkReport({
    estate,
    survival: createSurvival(estate),
    verdict: "refused",
    findings: [
      finding(),
      finding({
        ...{ policy: "dns-ttl", code: "DPX320", level: "advisory", severity: "low", lost: [], urns: ["record"] },
        message: "The answer must live at most 60 s; it lives 300 s.",
      }),
    ],
    exempted: [],
    exemptions: [],
    notJudged: estate.notJudged,
    frail: [],
    today: "2022-10-15",
    source: { kind: "state", path: "state.json", stack: "prod", resources: 12 },
    version: "1.2.3",
    ...changes,
  });
}
