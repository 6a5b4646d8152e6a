/**
 * The ways between services, opened once all of them stand: inside of a network from group to group, to other networks
 * and to public entrances by their addresses. What a service does not declare as a dependency it cannot call.
 */
import * as vpc from "@pulumi/aws/vpc";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { CloudSiteSpec } from "../../estate";
import { awsTags, kubernetesLabels } from "../common/identity";
import { allow, commonOf, createReach } from "../service/firewall";
import type { Call } from "../wiring/calls";
import type { ActiveActiveService } from "./activeActiveService";
import { identityOf } from "./serviceIdentity";
import type { CreatedUnits } from "./serviceUnits";
import type { ServiceSpec } from "../../estate";

const httpsPort = 443;

/** A service that was made. */
export interface MadeService {
  readonly service: ServiceSpec;
  readonly component: ActiveActiveService;
  /** Its calls, by the site's name. */
  readonly callsIn: (site: string) => readonly Call[];
}

type Made = ReadonlyMap<string, MadeService>;

export interface CallsContext {
  readonly made: Made;
  readonly sites: ReadonlyMap<string, CloudSiteSpec>;
  readonly clusters: Readonly<Record<string, k8s.Provider>>;
}

/** Opens the ways of one service. */
export function openCalls(context: CallsContext, caller: MadeService): void {
  for (const units of caller.component.units) {
    const { place } = units;
    const [first = place.site] = place.kind === "facility" ? place.over : [place.site];
    const calls = caller.callsIn(first.name);
    if (place.kind === "cloud") openInCloud(context, caller, units, calls);
    else openInCluster(context, caller, units, calls);
  }
}

function openInCloud(context: CallsContext, caller: MadeService, units: CreatedUnits, calls: readonly Call[]): void {
  const { place, unitsGroupId } = units;
  if (place.kind !== "cloud" || !unitsGroupId) return;
  const parent = caller.component;
  const name = `${caller.service.name}-${place.site.name}`;
  const common = commonOf({ identity: identityOf(caller.service), site: place.site });
  for (const call of calls) {
    const callee = context.made.get(call.name);
    if (call.way === "network") {
      const to = unitsIn(callee, place.site.name)?.callsGroupId;
      if (to) allow(parent, `${name}-to-${call.name}`, common, { from: unitsGroupId, to, port: httpsPort });
    } else if (call.way === "peering") {
      for (const to of call.sites)
        openPeered(context, { parent, name, common, place: place.site }, unitsGroupId, callee, to);
    } else if (call.way === "internet" && !isOpen(calls)) {
      for (const { id, address } of addressesOf(callee)) {
        const cidr = pulumi.interpolate`${address}/32`;
        createReach(parent, name, common, unitsGroupId, { name: `to-${call.name}-${id}`, port: httpsPort, cidr });
      }
    }
  }
}

/** True where the way to every address is open already, for a vendor's sake. */
function isOpen(calls: readonly Call[]): boolean {
  return calls.some(({ way }) => way === "vendor");
}

interface Caller {
  readonly parent: ActiveActiveService;
  readonly name: string;
  readonly common: ReturnType<typeof commonOf>;
  readonly place: CloudSiteSpec;
}

/** Across two networks no rule can name a group. */
function openPeered(
  { sites }: CallsContext,
  { parent, name, common, place }: Caller,
  from: pulumi.Input<string>,
  callee: MadeService | undefined,
  to: string,
): void {
  const site = sites.get(to);
  const group = unitsIn(callee, to)?.callsGroupId;
  if (!site || !group || !callee) return;
  const part = `to-${callee.service.name}-${to}`;
  createReach(parent, name, common, from, { name: part, port: httpsPort, cidr: site.cidr });
  new vpc.SecurityGroupIngressRule(
    `${name}-${part}`,
    {
      region: site.region,
      tags: awsTags(identityOf(callee.service), to),
      securityGroupId: group,
      cidrIpv4: place.cidr,
      ipProtocol: "tcp",
      fromPort: httpsPort,
      toPort: httpsPort,
    },
    { parent },
  );
}

function unitsIn(made: MadeService | undefined, site: string): CreatedUnits | undefined {
  return made?.component.units.find(({ place }) => place.site.name === site);
}

/** Every fixed address by which a service is reached, with a name of its own. */
function addressesOf(made: MadeService | undefined): readonly { id: string; address: pulumi.Input<string> }[] {
  return (made?.component.units ?? []).flatMap(({ place, entrance }) =>
    entrance?.kind === "addresses"
      ? entrance.addresses.map(({ zone, address }) => ({ id: zone ?? place.site.name, address }))
      : [],
  );
}

function openInCluster(context: CallsContext, caller: MadeService, units: CreatedUnits, calls: readonly Call[]): void {
  const { place, namespace } = units;
  if (place.kind !== "facility" || !namespace || isOpen(calls) || caller.service.data) return;
  const ranges = calls
    .filter(({ way }) => way === "internet")
    .flatMap((call) => addressesOf(context.made.get(call.name)))
    .map(({ address }) => ({ ipBlock: { cidr: pulumi.interpolate`${address}/32` } }));
  if (ranges.length === 0) return;
  const { name } = caller.service;
  const provider = [place.site, ...place.over].flatMap((site) => context.clusters[site.name] ?? [])[0];
  new k8s.networking.v1.NetworkPolicy(
    `${name}-${place.site.name}-calls`,
    {
      metadata: { name: "calls", namespace, labels: kubernetesLabels(identityOf(caller.service), place.site.name) },
      spec: {
        podSelector: { matchLabels: { "app.kubernetes.io/name": name } },
        policyTypes: ["Egress"],
        egress: [{ to: ranges, ports: [{ protocol: "TCP", port: httpsPort }] }],
      },
    },
    { parent: caller.component, provider },
  );
}
