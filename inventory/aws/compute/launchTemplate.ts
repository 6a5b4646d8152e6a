/** The template from which a group starts its machines, written at the group or in its mixed policy. */
import type { ReadContext } from "../../reader";
import { UNKNOWN, type Resource, type Value } from "../../resource";
import { at, field } from "../../values";

const templateTypes = ["aws:ec2/launchTemplate:LaunchTemplate"] as const;

export function launchTemplateOf(group: Resource, { stack }: Pick<ReadContext, "stack">): Resource | undefined {
  const { properties } = group;
  const mixed = at(properties, "mixedInstancesPolicy", "launchTemplate", "launchTemplateSpecification");
  const [property, named] =
    mixed === undefined
      ? (["launchTemplate", field(properties, "launchTemplate")] as const)
      : (["mixedInstancesPolicy", mixed] as const);
  const names: Value =
    named === UNKNOWN
      ? UNKNOWN
      : ["id", "name", "launchTemplateId", "launchTemplateName"].map((key) => field(named, key)).find(isGiven);
  return stack.references(group, property, templateTypes, names).resources[0];
}

function isGiven(value: Value): boolean {
  return value === UNKNOWN || (typeof value === "string" && value !== "");
}
