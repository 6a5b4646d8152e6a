/** An estate in which nothing is wrong: every example changes one thing of it. */
import {
  known,
  type Backup,
  type DisruptionBudgetFact,
  type Estate,
  type Fact,
  type FailureDomain,
  type SchedulingFact,
  type Service,
  type Site,
} from "../../../model";
import { dns, estate, facility, needs, replicasIn, service, target } from "../../support/estateBuilder";

const sites: readonly Site[] = [facility("pangyo"), facility("chuncheon"), facility("busan")];
const names = sites.map((site) => site.name);

const objectives = { rtoSeconds: 120, rpoSeconds: 60, leastShare: 1 };

/** Half of a peak of 900 rps at each of three sites: any one may be lost, and with any two something is left. */
function computing(id: string, changes: Partial<Service>): Service {
  const replicas = replicasIn(id, sites, { capacityRps: known(450), units: known(3) });
  const targets = replicas.map((one) => target([one.id], { share: known(1 / replicas.length) }));
  return service(id, replicas, {
    owner: `${id}-team`,
    runbook: `https://runbooks.example/${id}`,
    statusPage: "status.elsewhere.example",
    peakRps: known(900),
    objectives,
    routes: [
      dns(`${id}.example`, targets),
      dns(`${id}.example.`, targets, { id: `${id}-second`, urn: `${id}-second`, provider: "vendor:other-dns" }),
    ],
    ...changes,
  });
}

function supporting(id: string, layer: Service["layer"], changes: Partial<Service> = {}): Service {
  return service(id, replicasIn(id, sites), {
    layer,
    owner: "platform-team",
    runbook: "https://runbooks.example/platform",
    ...changes,
  });
}

const backup: Backup = {
  urn: "vault",
  placement: known(["region:ap-northeast-1"]),
  intervalSeconds: known(3600),
  immutable: known(true),
};

const kubernetesFacts: readonly Fact[] = names.flatMap((cluster): readonly Fact[] => [
  {
    kind: "scheduling",
    urn: `messenger@${cluster}`,
    service: "messenger",
    cluster,
    replicas: known(3),
    spreadOver: ["kubernetes.io/hostname"],
    antiAffinityOver: [],
    requestsSet: true,
    priorityClass: "duplex-critical",
    unreachableTolerationSeconds: 30,
  },
  { kind: "disruptionBudget", urn: `budget@${cluster}`, service: "messenger", cluster, maxUnavailable: known(1) },
]);

const restored: Fact = {
  kind: "restoreTest",
  urn: "restore-test",
  service: "accounts",
  intervalSeconds: known(30 * 86_400),
};

export function compliant(): Estate {
  return estate(
    sites,
    [
      computing("messenger", {
        paid: true,
        dependencies: [
          needs("login"),
          needs("accounts"),
          needs("registry", "startup"),
          needs("intake", "soft"),
          needs("watch", "soft"),
          needs("control", "soft"),
        ],
      }),
      computing("login", { layer: "identity", tierFrom: { source: "inherited", service: "messenger" } }),
      supporting("accounts", "store", {
        objectives,
        replication: { mode: "synchronous", rpoSeconds: known(0), multiWriter: true },
        backups: [backup],
      }),
      supporting("registry", "registry"),
      supporting("intake", "queue"),
      supporting("watch", "monitoring"),
      supporting("control", "tooling"),
    ],
    { facts: [...kubernetesFacts, restored] },
  );
}

/** The estate with one service changed. */
export function changed(
  id: string,
  change: (service: Service) => Partial<Service>,
  from: Estate = compliant(),
): Estate {
  return {
    ...from,
    services: from.services.map((one) => (one.id === id ? { ...one, ...change(one) } : one)),
  };
}

/** The estate with one more service, sorted in. */
export function withService(added: Service, from: Estate = compliant()): Estate {
  return { ...from, services: [...from.services, added].sort((a, b) => (a.id < b.id ? -1 : 1)) };
}

/** The estate with some domains described anew: a shared substation, a common operator. */
export function withDomains(domains: readonly FailureDomain[], from: Estate = compliant()): Estate {
  const replaced = new Map(domains.map((domain) => [domain.id, domain]));
  const kept = from.domains.map((domain) => replaced.get(domain.id) ?? domain);
  const added = domains.filter((domain) => !from.domains.some(({ id }) => id === domain.id));
  return { ...from, domains: [...kept, ...added].sort((a, b) => (a.id < b.id ? -1 : 1)) };
}

/** The estate in which every one of some domains lies within one more, such as a region or an operator. */
export function allWithin(outer: FailureDomain, inner: readonly string[], from: Estate = compliant()): Estate {
  return withDomains(
    [
      outer,
      ...from.domains
        .filter((domain) => inner.includes(domain.id))
        .map((domain) => ({ ...domain, within: [...domain.within, outer.id] })),
    ],
    from,
  );
}

/** The estate with each scheduling fact changed. */
export function scheduled(change: Partial<SchedulingFact>): Estate {
  const from = compliant();
  return { ...from, facts: from.facts.map((fact) => (fact.kind === "scheduling" ? { ...fact, ...change } : fact)) };
}

/** The estate with each disruption budget changed, or without any. */
export function budgeted(change: Partial<DisruptionBudgetFact> | undefined): Estate {
  const from = compliant();
  return {
    ...from,
    facts: from.facts.flatMap((fact): readonly Fact[] =>
      fact.kind !== "disruptionBudget" ? [fact] : change === undefined ? [] : [{ ...fact, ...change }],
    ),
  };
}

/** Only the replicas in these sites; routes and facts follow nothing, as they would in a stack edited by hand. */
export function onlyIn(service: Service, at: readonly string[]): Partial<Service> {
  return { replicas: service.replicas.filter((one) => at.some((site) => one.id.endsWith(`@${site}`))) };
}
