/** Whose a status page is: a name that the stack itself serves, or one outside of it. */
import { memoize } from "../../lib/memo";
import type { Estate, Service } from "../../model";
import { addTo } from "../../lib/lists";

const servicesByHost = memoize(({ services }: Estate): ReadonlyMap<string, readonly Service[]> => {
  const lists = new Map<string, Service[]>();
  for (const service of services) {
    for (const name of new Set(service.routes.map((route) => plainHost(route.name)))) addTo(lists, name, service);
  }
  return lists;
});

/** The services to which a host name of the stack leads; none where the name is nobody's here. */
export function servicesAt(estate: Estate, host: string): readonly Service[] {
  return servicesByHost(estate).get(plainHost(host)) ?? [];
}

/** Names of the DNS are the same in any case, with and without the dot of the root (RFC 4343, RFC 1034). */
function plainHost(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

/** True where people come to the service by a name of its own: they have to be told when it is gone. */
export function facesUsers(service: Service): boolean {
  return service.routes.some((route) => route.kind !== "loadBalancer");
}
