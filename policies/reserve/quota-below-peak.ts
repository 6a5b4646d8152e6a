import {
  kindOf,
  nameOf,
  type DomainId,
  type QuotaFact,
  type QuotaKind,
  type Replica,
  type Service,
  type Urn,
} from "../../model";
import { domainsById, factsOf, fateOf, ownServices } from "../evidence/read";
import { leastShareOf } from "../evidence/reserve";
import { domainWords, subject, urnName } from "../evidence/words";
import type { Policy, PolicyContext } from "../policy";

/** Wider domains, whose loss sends the traffic of a whole site to the others. */
const siteKinds = new Set(["region", "facility"]);

export const quotaBelowPeak: Policy = {
  name: "quota-below-peak",
  code: "DPX328",
  title: "An account's quota admits the redirected peak",
  family: "reserve",
  severity: "medium",
  rows: ["3", "K7"],
  why:
    "After the loss of a site its traffic comes to the others, which had too little room. A quota is such a wall " +
    "that nobody sees until the day on which machines are asked for and refused.",
  proves:
    "For each region with a quota in the stack (vCPUs on demand, of Spot, of Fargate and of Fargate Spot; executions " +
    "of functions), adds up what all services run there, or would have to run there for the share that they promise " +
    "once another site is lost, in units × what one takes: vCPUs of the instance type or of the task, reserved or " +
    "provisioned concurrency. Compares the sum with the quota.",
  fix: {
    text: "Ask for a quota that admits the peak of the largest other site as well, before it is needed.",
    snippet:
      'new aws.servicequotas.ServiceQuota("vcpus-seoul", { serviceCode: "ec2", quotaCode: "L-1216C47A", value: 640, ' +
      'region: "ap-northeast-2" });',
  },
  levels: { critical: "mandatory", important: "advisory", standard: "advisory" },
  config: {},
  *judge(context) {
    const quotas = factsOf(context.estate, "quota");
    if (quotas.length === 0) return;
    for (const quota of quotas) {
      if (!quota.region.known) continue;
      const placed = placedReplicas(context, quota.of);
      const region = quota.region.value;
      const users = new Map([...placed].filter(([, own]) => own.some((one) => counts(one, region))));
      if (users.size === 0) continue;
      const worst = worstLoss(region, users);
      const found = faultOf(quota, worst.needed);
      if (found === undefined) continue;
      for (const service of users.keys()) {
        const when = worst.lost === undefined ? "now" : `when ${domainWords(worst.lost)} is lost`;
        yield {
          verdict: quota.most?.known === true ? "broken" : "unknown",
          service: service.id,
          lost: worst.lost === undefined ? [] : [worst.lost],
          urns: [quota.urn],
          properties: ["value"],
          message:
            `${subject(service)} shares region "${nameOf(region)}", where services must have ${worst.needed} ` +
            `${unitWords[quota.of]} ${when}, and quota ${urnName(quota.urn)} ${found}.`,
        };
      }
    }
  },
};

const unitWords: Readonly<Record<QuotaKind, string>> = {
  onDemandVcpus: "vCPUs",
  spotVcpus: "vCPUs of Spot",
  fargateVcpus: "vCPUs of Fargate",
  fargateSpotVcpus: "vCPUs of Fargate Spot",
  functionExecutions: "executions set apart",
};

interface Placed {
  readonly replica: Replica;
  readonly fate: ReadonlySet<DomainId>;
  /** Of one unit; 0 where nothing says, which the quota then does not count. */
  readonly takes: number;
}

type Users = ReadonlyMap<Service, readonly Placed[]>;

function placedReplicas(context: PolicyContext, of: QuotaKind): Users {
  const counted = factsOf(context.estate, "unitSize").filter((fact) => fact.of === of);
  const sizes = new Map<Urn, number>(counted.map(({ urn, amount }) => [urn, amount]));
  const domains = domainsById(context.estate);
  const placed = (replica: Replica): readonly Placed[] =>
    replica.placement.known
      ? [{ replica, fate: fateOf(domains, replica.placement.value), takes: sizes.get(replica.urn) ?? 0 }]
      : [];
  return new Map(ownServices(context).map((service) => [service, service.replicas.flatMap(placed)]));
}

/** True where a replica takes of the quota of this region. */
function counts({ fate, takes }: Placed, region: DomainId): boolean {
  return takes > 0 && fate.has(region);
}

/** What is wrong with a quota beside this need; undefined where it is enough. */
function faultOf({ most }: QuotaFact, needed: number): string | undefined {
  if (most === undefined || (most.known && most.value >= needed)) return undefined;
  return most.known ? `admits ${most.value}` : `is not known yet (${most.missing})`;
}

/** The loss of another site after which the region needs most; none where it needs as much with nothing lost. */
function worstLoss(region: DomainId, users: Users) {
  const placed = [...users.values()].flat();
  const others = new Set(placed.flatMap(({ fate }) => [...fate].filter((id) => siteKinds.has(kindOf(id)))));
  for (const { fate } of placed) if (fate.has(region)) fate.forEach((id) => others.delete(id));
  let worst: { readonly lost?: DomainId; readonly needed: number } = { needed: needOf(region, undefined, users) };
  for (const lost of [...others].sort()) {
    const needed = needOf(region, lost, users);
    if (needed > worst.needed) worst = { lost, needed };
  }
  return worst;
}

/** What the services need in the region, each for what is not carried elsewhere, and at least what runs. */
function needOf(region: DomainId, lost: DomainId | undefined, users: Users): number {
  let needed = 0;
  for (const [service, all] of users) {
    const own = all.filter(({ fate }) => lost === undefined || !fate.has(lost));
    const inside = own.filter((one) => counts(one, region));
    const running = inside.reduce((sum, { replica, takes }) => sum + unitsOf(replica) * takes, 0);
    const capacity = inside.reduce((sum, { replica }) => sum + rpsOf(replica), 0);
    const elsewhere = own.filter((one) => !inside.includes(one)).reduce((sum, { replica }) => sum + rpsOf(replica), 0);
    const asked = service.peakRps?.known === true ? service.peakRps.value * leastShareOf(service) - elsewhere : 0;
    // More of the same units: as many times what runs as the demand is of what it carries.
    needed += capacity > 0 ? running * Math.max(1, asked / capacity) : running;
  }
  return Math.ceil(needed - 1e-9);
}

function unitsOf({ units }: Replica): number {
  return units.known ? units.value : 0;
}

function rpsOf({ capacityRps, role }: Replica): number {
  return role !== "backup" && capacityRps?.known === true ? capacityRps.value : 0;
}
