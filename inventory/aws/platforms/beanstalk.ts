/** Environments of Elastic Beanstalk: a group of machines behind a load balancer, or a single one. */
import { known, mapKnown, unknown, type DomainId, type Known } from "../../../model";
import type { Reader, ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { amount, field, items, propertyPath, text } from "../../values";
import { placeInZones } from "../placing";
import type { Zones } from "../region";

/** One value of an environment's settings; undefined where nothing sets it. */
function setting(resource: Resource, namespace: string, name: string): Value {
  const found = items(field(resource.properties, "settings")).filter(
    (one) => field(one, "namespace") === namespace && field(one, "name") === name,
  );
  return found.length === 0 ? undefined : field(found[found.length - 1], "value");
}

/**
 * Bounds and subnets are settings; the defaults are one to four instances behind a load balancer (Developer Guide,
 * "General options").
 */
export const beanstalkEnvironments: Reader = {
  gives: "instances in the zones of its subnets, bounds of its scaling",
  types: ["aws:elasticbeanstalk/environment:Environment"],
  read(resource, into, context) {
    const isSingle = setting(resource, "aws:elasticbeanstalk:environment", "EnvironmentType") === "SingleInstance";
    const bound = (name: string, fallback: number): Known<number> => {
      const value = isSingle ? 1 : (setting(resource, "aws:autoscaling:asg", name) ?? fallback);
      const number = amount(value);
      return number === undefined ? unknown(propertyPath(resource, "settings")) : known(number);
    };
    const [minimum, maximum] = [bound("MinSize", 1), bound("MaxSize", 4)];
    const all = subnetsOfSettings(resource, context);
    const zones = mapKnown(all, (list) => (isSingle ? list.slice(0, 1) : list));
    placeInZones(resource, { layer: "compute", sharing: "service", zones, units: minimum }, into, context);
    into.state({ kind: "autoscaling", urn: resource.urn, minimum, maximum });
  },
};

function subnetsOfSettings(resource: Resource, { aws }: ReadContext): Zones {
  const missing = unknown<readonly DomainId[]>(propertyPath(resource, "settings"));
  const value = setting(resource, "aws:ec2:vpc", "Subnets");
  // The setting is one text; what a preview does not know yet may be made from the load balancer's subnets too.
  const ids = text(value)
    ?.split(",")
    .map((id) => id.trim());
  return ids === undefined ? missing : (aws.zonesOfSubnets(resource, "settings", ids) ?? missing);
}
