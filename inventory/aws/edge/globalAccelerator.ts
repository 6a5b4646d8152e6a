/** Accelerators: two anycast addresses, listeners, and an endpoint group in each region. */
import { domainId, known, unknown, type HealthCheck, type Known } from "../../../model";
import type { Answer } from "../../draft";
import { membersOf } from "../../members";
import type { Reader, ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { amountAt, field, items, propertyPath, textAt } from "../../values";
import { acceleratorTypes, balancerTypes } from "../entrances";
import { namedInside } from "../placing";

const provider = domainId("vendor", "globalaccelerator");
const listenerTypes = ["aws:globalaccelerator/listener:Listener"] as const;
const groupTypes = ["aws:globalaccelerator/endpointGroup:EndpointGroup"] as const;
const endpointTypes = [...balancerTypes, "aws:ec2/eip:Eip", "aws:ec2/instance:Instance"] as const;

export const accelerators: Reader = {
  gives: "an anycast route with a share and a check for each region",
  types: acceleratorTypes,
  read(resource, into, context) {
    const { stack } = context;
    const listeners = membersOf(stack, resource, listenerTypes, "acceleratorArn", acceleratorTypes);
    const groups = listeners.flatMap((one) => membersOf(stack, one, groupTypes, "listenerArn", listenerTypes));
    const dials = groups.map((group) => amountAt(group, ["trafficDialPercentage"], 100));
    const answers = groups.map((group, index) => answerOf(group, shareOf(dials, index), context));
    for (const { leadsTo } of answers) for (const urn of leadsTo) into.forward(resource.urn, urn);
    into.attach(resource);
    if (answers.length === 0) return;
    into.routes.push({
      id: `anycast:${resource.urn}`,
      urn: resource.urn,
      name: textAt(resource, "dnsName") ?? textAt(resource, "name") ?? resource.name,
      kind: "anycast",
      policy: "anycast",
      ttlSeconds: known(0),
      provider,
      needsControlPlane: false,
      answers,
    });
  },
};

/** Read with their accelerator. */
export const acceleratorParts: Reader = {
  gives: "listeners and endpoint groups, read with their accelerator",
  types: [...listenerTypes, ...groupTypes],
  read: (resource, into) => into.attach(resource),
};

function answerOf(group: Resource, share: Known<number>, context: ReadContext): Answer {
  const endpoints = namedInside(
    group,
    "endpointConfigurations",
    endpointTypes,
    // An endpoint of weight 0 gets nothing, whatever else fails.
    (list) =>
      items(list)
        .filter((one) => field(one, "weight") !== 0)
        .map((one) => field(one, "endpointId")),
    context,
  );
  return {
    urn: group.urn,
    leadsTo: endpoints.map(({ urn }) => urn),
    share,
    lastResort: false,
    healthCheck: checkOf(group, endpoints),
  };
}

/** A group whose dial stands at 0 gets traffic only when no other is healthy; its share says so. */
function shareOf(dials: readonly Known<number>[], index: number): Known<number> {
  let total = 0;
  for (const dial of dials) {
    if (!dial.known) return dial;
    total += dial.value;
  }
  const own = dials[index];
  return own?.known ? known(total > 0 ? own.value / total : 0) : unknown("trafficDialPercentage");
}

/**
 * For a load balancer the accelerator goes by the load balancer's own checks (its documentation); else by the group's.
 */
function checkOf(group: Resource, endpoints: readonly Resource[]): HealthCheck {
  const balanced = endpoints.some(({ type }) => balancerTypes.some((one) => one === type));
  const protocol = textAt(group, "healthCheckProtocol") ?? "TCP";
  const path = textAt(group, "healthCheckPath") ?? "/";
  const interval = amountAt(group, ["healthCheckIntervalSeconds"], 30);
  return {
    urn: group.urn,
    intervalSeconds: interval.known ? interval : unknown(propertyPath(group, "healthCheckIntervalSeconds")),
    failureThreshold: amountAt(group, ["thresholdCount"], 3),
    observers: [],
    kind: balanced ? "target" : "endpoint",
    shallow: !balanced && (protocol === "TCP" || path === "/"),
  };
}
