/** Addresses at which objects of a cluster are reached from outside of it. */
import type { Resource } from "../../resource";
import { at, field, items, text, texts } from "../../values";

const none: readonly string[] = [];

/**
 * IP addresses and host names of a Service, an Ingress or a Gateway, as its status and its own specification give them;
 * none of anything else. Addresses inside of a cluster are not among them: another cluster may have the same.
 */
export function addressesOf({ type, properties }: Resource): readonly string[] {
  const kind = type.startsWith("kubernetes:") ? type.slice(type.lastIndexOf(":") + 1) : "";
  if (kind !== "Service" && kind !== "Ingress" && kind !== "Gateway") return none;
  const ingress = items(at(properties, "status", "loadBalancer", "ingress"));
  const given = items(at(properties, "status", "addresses"));
  const asked = items(at(properties, "spec", "addresses"));
  return [
    ...ingress.flatMap((one) => [text(field(one, "ip")) ?? [], text(field(one, "hostname")) ?? []].flat()),
    ...[...given, ...asked].flatMap((one) => text(field(one, "value")) ?? []),
    ...texts(at(properties, "spec", "externalIPs")),
    ...[text(at(properties, "spec", "loadBalancerIP")) ?? []].flat(),
  ];
}
