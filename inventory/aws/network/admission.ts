/** Whether requests get in or out by security groups: at one end, from one peer, on one port. */
import { closedBy, undecidedBy, type Gate } from "../../gate";
import type { ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { clientsIn, holdAll } from "./ipRanges";
import { groupWords, isAbout, rulesOf, type GroupRule, type NamedGroups, type Way } from "./securityGroups";

/** Who stands at the other end. */
export type Peer =
  | { readonly kind: "internet"; readonly six?: boolean }
  /** Anybody of one's own network. */
  | { readonly kind: "inside" }
  /** What has these groups, and stands in subnets of these addresses. */
  | { readonly kind: "member"; readonly groups: NamedGroups; readonly cidrs: readonly string[] | undefined };

export interface Port {
  readonly protocol: "tcp" | "udp";
  /** Undefined where it is not known. */
  readonly port: number | undefined;
}

/** The gate of one end; undefined where a rule lets the peer through, or nothing in the stack speaks against it. */
export function admission(
  resource: Resource,
  named: NamedGroups,
  way: Way,
  peer: Peer,
  at: Port,
  context: Pick<ReadContext, "stack">,
): Gate | undefined {
  // No group at all is the network's default one, of which nothing is said here.
  if (named.rest === "none" || (named.groups.length === 0 && named.rest === "all")) return undefined;
  const words = way === "ingress" ? "lets nobody in" : "lets nothing out";
  if (named.groups.length === 0) {
    return undecidedBy(resource, named.property, `has a security group that is not in the stack`);
  }
  const rules = named.groups.flatMap((group) => rulesOf(group, way, context));
  const answers = rules.map((rule) => passes(rule, peer, at));
  if (answers.includes("yes")) return undefined;
  const together = rules.filter((rule) => isAbout(rule, at.protocol, at.port) === true).flatMap(({ cidrs }) => cidrs);
  if (peer.kind === "internet" && peer.six !== true && clientsIn(together) === "all") return undefined;
  if (peer.kind === "member" && peer.cidrs !== undefined && peer.cidrs.length > 0 && holdAll(together, peer.cidrs)) {
    return undefined;
  }
  const [group] = named.groups as [Resource];
  const where = `${groupWords(named.groups)} ${words}${portWords(at)}${peerWords(peer, way)}`;
  if (named.rest === "some") return undecidedBy(resource, named.property, `${where}, and another is not in the stack`);
  const open = answers.indexOf("unknown");
  if (open < 0) return closedBy(group, way, where);
  const rule = rules[open] as GroupRule;
  return undecidedBy(rule.resource, rule.resource === group ? way : "rule", `${where} for certain`);
}

function portWords({ protocol, port }: Port): string {
  return port === undefined ? "" : ` on port ${port}${protocol === "udp" ? " (UDP)" : ""}`;
}

function peerWords(peer: Peer, way: Way): string {
  if (peer.kind === "inside") return "";
  if (peer.kind === "internet") return way === "ingress" ? " from every address" : " to the internet";
  const [group] = peer.groups.groups;
  return group === undefined ? "" : ` ${way === "ingress" ? "from" : "to"} "${group.name}"`;
}

type Answer = "yes" | "no" | "unknown";

function passes(rule: GroupRule, peer: Peer, { protocol, port }: Port): Answer {
  const about = isAbout(rule, protocol, port);
  if (about === false) return "no";
  const admitted = admits(rule, peer);
  return about === undefined && admitted === "yes" ? "unknown" : admitted;
}

function admits(rule: GroupRule, peer: Peer): Answer {
  if (peer.kind === "inside") {
    const named = rule.cidrs.length + rule.cidrsOfSix.length + rule.groups.length + rule.lists.length;
    const some = named > 0 || rule.others !== "none";
    return some ? "yes" : "no";
  }
  // A list of prefixes that the stack does not hold is a network of its keeper's, such as that of CloudFront.
  if (rule.others === "prefixes") return "yes";
  if (peer.kind === "internet") {
    if (peer.six === true && rule.cidrsOfSix.includes("::/0")) return "yes";
    const clients = clientsIn(rule.cidrs);
    if (clients === "all" && peer.six !== true) return "yes";
    return clients === "some" || rule.others === "unknown" ? "unknown" : "no";
  }
  if (peer.groups.groups.some(({ urn }) => rule.groups.includes(urn))) return "yes";
  const { cidrs } = peer;
  if (cidrs !== undefined && cidrs.length > 0 && holdAll(rule.cidrs, cidrs)) return "yes";
  if (rule.cidrs.includes("0.0.0.0/0") || rule.others === "unknown") {
    return rule.others === "unknown" ? "unknown" : "yes";
  }
  // Whoever's groups or addresses are not known may be the one that the rule names.
  if (peer.groups.rest !== "all" && rule.groups.length > 0) return "unknown";
  return cidrs === undefined && rule.cidrs.length > 0 ? "unknown" : "no";
}
