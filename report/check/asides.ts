/** What was found and does not count: exempted, known from a baseline, or gone since the base. */
import { identityOf } from "../../policies/identity";
import type { Aside, Finding, Place } from "../document";
import type { CheckReport, ReportExemption, ReportMention } from "./report";
import type { ReportBaseline, ReportKnown } from "./reportBaseline";

/** @param placeOf where a resource is made */
export function asidesOf(report: CheckReport, placeOf: (resource: string | null) => Place): readonly Aside[] {
  const { exemptions, baseline, change } = report;
  const aside = (mention: ReportMention, more: Partial<Finding> = {}): Finding => ({
    ...findingOf(mention, placeOf(mention.resource)),
    ...more,
  });
  return [
    ...exemptions.flatMap((exemption) => exemption.findings.map((each) => exempted(aside(each), exemption))),
    ...(baseline?.known ?? []).map((each) => known(aside(each, { baseline: "unchanged" }), each, baseline)),
    ...(change?.findings ?? [])
      .filter(({ change: how }) => how === "gone")
      .map((each) => ({ finding: aside(each, { baseline: "absent" }) })),
  ];
}

function exempted(finding: Finding, { resource, expires, owner, ticket, reason }: ReportExemption): Aside {
  const kind = resource === undefined ? "external" : "inSource";
  return { finding, taken: { kind, reason: `Exempted until ${expires}: ${reason} (${owner}, ${ticket})` } };
}

function known(finding: Finding, { since, until, reason }: ReportKnown, baseline: ReportBaseline | undefined): Aside {
  const words = [
    `Known since ${since}`,
    ...(until === null ? [] : [`until ${until}`]),
    ...(baseline === undefined ? [] : [`by ${baseline.path}`]),
  ].join(" ");
  return { finding, taken: { kind: "external", reason: reason === null ? `${words}.` : `${words}: ${reason}` } };
}

function findingOf(mention: ReportMention, place: Place): Finding {
  const { policy, code, service, resource, lost, level, message } = mention;
  const isMandatory = level === "mandatory";
  const urns = resource === null ? [] : [resource];
  return {
    rule: code,
    check: policy,
    level: isMandatory ? "error" : "warning",
    mark: isMandatory ? "refused" : "advice",
    name: { by: "rule", rule: `${code} ${policy}`, subject: service },
    about: [],
    incidents: [],
    kind: code,
    instance: instanceOf({ policy, service, lost, urns }),
    message,
    evidence: [],
    resources: urns,
    properties: [],
    isUnproven: false,
    fixes: [],
    place,
    identity: identityOf({ policy, service, lost, urns }),
    facts: { policy, lost, ...(service === null ? {} : { service }) },
  };
}

/** What a finding is among those of its policy. */
export function instanceOf({
  policy,
  service,
  lost,
  urns,
}: Pick<ReportMention, "policy" | "service" | "lost"> & { readonly urns: readonly string[] }): string {
  const without = lost.length === 0 ? "" : ` without ${lost.join(" and ")}`;
  return `${service ?? urns[0] ?? policy}${without}`;
}
