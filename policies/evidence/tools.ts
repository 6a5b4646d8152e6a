/** Things that a service needs besides serving: to start, to move, to be watched. */
import { byText } from "../../lib/order";
import { kindOf, type Dependency, type DomainId, type Layer, type Service } from "../../model";
import type { Policy, PolicyContext, Violation } from "../policy";
import { ownServices, requirementOf, servicesById, unaccepted, urnsOf } from "./read";
import { domainWords, list, subject } from "./words";

/** Places of which one alone may hold the tool; a vendor or an operator is a matter of its own. */
const placeKinds = new Set(["zone", "facility", "power", "region"]);

export interface ToolRule {
  /** Which dependencies are looked at. */
  readonly looksAt: (dependency: Dependency, layers: readonly Layer[]) => boolean;
  /** What they are for, after "must": `have what it needs to start`. */
  readonly must: string;
  /**
   * What is wrong with a member that stands in one place, and what to do about it. @default nothing but where it stands
   */
  readonly remedyOf?: (layer: Layer) => Remedy | undefined;
}

export interface Remedy {
  /** After the member's name, as in `goes down with it: a key without a replica in another region`. */
  readonly found: string;
  readonly fix: string;
}

/** The judgement "what this service needs for X is left when any one place is lost". */
export function judgeTools(rule: ToolRule): Policy["judge"] {
  return function* (context) {
    const services = servicesById(context.estate);
    for (const service of ownServices(context)) {
      for (const dependency of service.dependencies) {
        const members = dependency.anyOf.flatMap((id) => services.get(id) ?? []);
        const layers = members.map((member) => member.layer);
        if (!rule.looksAt(dependency, layers)) continue;
        const lost = placeThatTakesAll(context, service, members);
        if (lost) yield describe(rule, service, dependency, members, lost);
      }
    }
  };
}

function placeThatTakesAll(
  context: PolicyContext,
  service: Service,
  members: readonly Service[],
): DomainId | undefined {
  const kinds = requirementOf(context, service).surviveOne.filter((kind) => placeKinds.has(kind));
  const placed = members.filter((member) => member.layer !== "vendor");
  if (placed.length < members.length || placed.length === 0) return undefined;
  const relevant = [...new Set(placed.flatMap((member) => context.survival.relevantDomains(member.id)))];
  return [...unaccepted(context, service, relevant)]
    .filter((id) => kinds.includes(kindOf(id)))
    .sort((a, b) => kinds.indexOf(kindOf(a)) - kinds.indexOf(kindOf(b)) || byText(a, b))
    .find((id) => placed.every((member) => context.survival.outcome(member.id, [id]).status === "down"));
}

function describe(
  rule: ToolRule,
  service: Service,
  dependency: Dependency,
  members: readonly Service[],
  lost: DomainId,
): Violation {
  const [first] = members;
  const remedy = members.length === 1 && first && standsAlone(first) ? rule.remedyOf?.(first.layer) : undefined;
  const names = list(members.map((member) => `"${member.id}" (${member.layer})`));
  return {
    verdict: "broken",
    service: service.id,
    lost: [lost],
    urns: [...new Set([...members.flatMap(urnsOf), dependency.evidence.urn])],
    ...(dependency.evidence.property ? { properties: [dependency.evidence.property] } : {}),
    message:
      `${subject(service)} must ${rule.must} when ${domainWords(lost)} is lost, and ${names} ` +
      `${members.length === 1 ? "goes" : "all go"} down with it${remedy ? `: ${remedy.found}` : ""}.`,
    ...(remedy ? { fix: remedy.fix } : {}),
  };
}

/** All that there is of it stands in one and the same place. */
function standsAlone({ replicas }: Service): boolean {
  return new Set(replicas.map(({ placement }) => (placement.known ? placement.value.join() : ""))).size === 1;
}
