/** Endpoints of EventBridge: one name for two buses. */
import { domainId, known } from "../../../model";
import type { Reader } from "../../reader";
import { at, field, items, textAt } from "../../values";
import { healthCheckTypes, readCheck } from "../dns/healthCheck";
import { namedInside } from "../placing";

const busTypes = ["aws:cloudwatch/eventBus:EventBus"] as const;

/** A name for two buses: events go to the first, and to the second while a health check says so. */
export const eventEndpoints: Reader = {
  gives: "a route over two buses with its health check",
  types: ["aws:cloudwatch/eventEndpoint:EventEndpoint"],
  read(resource, into, context) {
    const { properties } = resource;
    const arns = items(field(properties, "eventBuses")).map((bus) => field(bus, "eventBusArn"));
    const buses = namedInside(resource, "eventBuses", busTypes, () => arns, context);
    const [first, second] = buses;
    into.attach(resource);
    if (first === undefined) return;
    if (second !== undefined) into.copy(first.urn, second.urn);
    const [check] = namedInside(
      resource,
      "routingConfig",
      healthCheckTypes,
      (value) => at(value, "failoverConfig", "primary", "healthCheck"),
      context,
    );
    const healthCheck = check && readCheck(check, context.stack);
    into.routes.push({
      id: `events:${resource.urn}`,
      urn: resource.urn,
      name: textAt(resource, "name") ?? resource.name,
      kind: "anycast",
      policy: "failover",
      ttlSeconds: known(60),
      provider: domainId("vendor", "eventbridge"),
      needsControlPlane: false,
      answers: buses.map((bus, index) => ({
        urn: resource.urn,
        leadsTo: [bus.urn],
        share: known(index === 0 ? 1 : 0),
        lastResort: index > 0,
        ...(healthCheck === undefined ? {} : { healthCheck }),
      })),
    });
  },
};
