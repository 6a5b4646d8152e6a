/** Names by which clients ask a load balancer, as the records of its stack give them. */
import type { Resource } from "../../resource";
import type { Stack } from "../../stack";
import { field, items, textAt, texts } from "../../values";
import { addTo } from "../../../lib/lists";
import { memoize } from "../../../lib/memo";
import { balancerTypes } from "../entrances";

const recordTypes = ["aws:route53/record:Record"] as const;

const namesByBalancer = memoize((stack: Stack): ReadonlyMap<Resource, readonly string[]> => {
  const found = new Map<Resource, string[]>();
  for (const record of stack.ofType(recordTypes[0])) {
    const name = textAt(record, "fqdn") ?? textAt(record, "name");
    if (name === undefined) continue;
    const { properties } = record;
    const aliases = items(field(properties, "aliases")).map((alias) => field(alias, "name"));
    const balancers = [
      ...stack.references(record, "aliases", balancerTypes, aliases).resources,
      ...stack.references(record, "records", balancerTypes, texts(field(properties, "records"))).resources,
    ];
    for (const balancer of new Set(balancers)) addTo(found, balancer, name.replace(/\.$/, "").toLowerCase());
  }
  return found;
});

export function namesOf(balancer: Resource, stack: Stack): readonly string[] {
  return namesByBalancer(stack).get(balancer) ?? [];
}
