/**
 * Whether a workload gets to the services that it calls by private names: its network is answered, the name has a
 * record, and the security groups of both ends let it through (Route 53 Developer Guide, "Working with private hosted
 * zones").
 */
import { closedBy, undecidedBy, widest, type Gate } from "../../gate";
import { membersOf } from "../../members";
import type { ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { field, items, text, textAt } from "../../values";
import { balancerTypes } from "../entrances";
import { mentionsInAws } from "../mentions";
import { callGate, networksOf } from "../network/callsOut";
import { balancerTarget } from "../balancing/hops";
import { networkOf, vpcTypes } from "../network/routes";
import { answers, targetsOf } from "./answers";
import { recordsNamed } from "./recordGates";

const zoneTypes = ["aws:route53/zone:Zone"] as const;
const associationTypes = ["aws:route53/zoneAssociation:ZoneAssociation"] as const;
const balancers: readonly string[] = balancerTypes;

/** A host that a workload is told to call, and what keeps it from there. */
export interface CallCut {
  readonly needs: string;
  readonly gate: Gate;
}

/** The first call that is cut off; undefined where all get through, or nothing in the stack speaks against it. */
export function privateCallCut(workload: Resource, context: ReadContext): CallCut | undefined {
  const networks = networksOf(workload, context);
  const [network] = networks;
  if (network === undefined || networks.length > 1) return undefined;
  for (const { host, port } of hostsIn(workload, context)) {
    const zone = zoneFor(host, context);
    const gate = zone && gateTo(host, port, { workload, network, zone }, context);
    if (gate !== undefined) return { needs: host, gate };
  }
  return undefined;
}

interface Host {
  readonly host: string;
  readonly port: number;
}

const usualPorts: Readonly<Record<string, number>> = { http: 80, https: 443, grpc: 80, grpcs: 443, ws: 80, wss: 443 };

/** Of what its environment names, addresses with a scheme alone are sure to be called. */
function hostsIn(workload: Resource, { stack }: ReadContext): readonly Host[] {
  const found = new Map<string, Host>();
  for (const { text: said } of mentionsInAws(workload, stack)) {
    const [, scheme = "", host, written] = /^([a-z]+):\/\/([a-z0-9.-]+\.[a-z]+)(?::(\d+))?(?:\/|$)/i.exec(said) ?? [];
    const port = written === undefined ? usualPorts[scheme.toLowerCase()] : Number(written);
    if (host !== undefined && port !== undefined) found.set(`${host} ${port}`, { host: host.toLowerCase(), port });
  }
  return [...found.values()];
}

/** The private zone of the stack whose name is the longest that the host ends with. */
function zoneFor(host: string, { stack }: ReadContext): Resource | undefined {
  const named = stack.ofType(zoneTypes[0]).flatMap((zone) => {
    const name = textAt(zone, "name")?.toLowerCase().replace(/\.$/, "");
    return name !== undefined && host.endsWith(`.${name}`) ? [{ zone, name }] : [];
  });
  const [longest] = named.sort((a, b) => b.name.length - a.name.length);
  if (longest === undefined) return undefined;
  const isPrivate = items(field(longest.zone.properties, "vpcs")).length > 0;
  return isPrivate ? longest.zone : undefined;
}

interface Caller {
  readonly workload: Resource;
  readonly network: Resource;
  readonly zone: Resource;
}

function gateTo(
  host: string,
  port: number,
  { workload, network, zone }: Caller,
  context: ReadContext,
): Gate | undefined {
  const { stack } = context;
  if (!isAnswered(network, zone, context)) {
    return closedBy(zone, "vpcs", `the zone "${zone.name}" does not answer in the network "${network.name}"`);
  }
  const [, ...above] = host.split(".");
  const records = [...recordsNamed(host, stack), ...recordsNamed(`*.${above.join(".")}`, stack)].filter(answers);
  if (records.length === 0) return undecidedBy(zone, "records", `no record of the zone "${zone.name}" is of ${host}`);
  const gates = records.flatMap((record) => {
    const targets = targetsOf(record, context);
    // What lies in another network is asked by its addresses, over a way that is not followed here.
    if (targets.length === 0 || !targets.every(({ type }) => balancers.includes(type))) return [undefined];
    return targets.map((target) => {
      const end = balancerTarget(target, context);
      const isHere = end.subnets.some((subnet) => networkOf(subnet, context) === network);
      return isHere ? callGate(workload, { ...end, resource: target }, port, context) : undefined;
    });
  });
  return widest(gates);
}

function isAnswered(network: Resource, zone: Resource, { stack }: ReadContext): boolean {
  const inside = items(field(zone.properties, "vpcs")).map((one) => field(one, "vpcId"));
  if (inside.some((id) => text(id) === undefined)) return true;
  const named = stack.references(zone, "vpcs", vpcTypes, inside).resources;
  const apart = membersOf(stack, zone, associationTypes, "zoneId", zoneTypes);
  const beside = apart.flatMap(
    (one) => stack.references(one, "vpcId", vpcTypes, field(one.properties, "vpcId")).resources,
  );
  return named.includes(network) || beside.includes(network) || apart.some((one) => textAt(one, "vpcId") === undefined);
}
