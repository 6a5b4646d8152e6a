/** As whom a workload calls AWS: the role of its task, its function, its machines or its pods. */
import type { ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { field, text } from "../../values";
import { launchTemplateOf } from "../compute/launchTemplate";
import { groupTypes } from "../compute/scaling";
import { taskDefinitionOf } from "../containers/tasks";
import { functionTypes } from "../entrances";
import { mentionsInKubernetes } from "../../kubernetes/mentions";
import type { Assumed } from "./access";
import { roleTypes } from "./permissions";

const profileTypes = ["aws:iam/instanceProfile:InstanceProfile"] as const;
const machineType = "aws:ec2/instance:Instance";
const taskTypes = ["aws:ecs/service:Service"] as const;

/** Undefined where it has no role that is in the stack: then how it calls is not said here. */
export function callerOf(workload: Resource, context: ReadContext): Assumed | undefined {
  const { type } = workload;
  if (type.startsWith("kubernetes:")) return callerInCluster(workload, context);
  if (functionTypes.some((one) => one === type)) {
    return roleIn(workload, "role", field(workload.properties, "role"), "lambda.amazonaws.com", context);
  }
  if (taskTypes.some((one) => one === type)) {
    const definition = taskDefinitionOf(workload, context.stack);
    const role = definition && field(definition.properties, "taskRoleArn");
    return definition && roleIn(definition, "taskRoleArn", role, "ecs-tasks.amazonaws.com", context);
  }
  if (type === machineType) return byProfile(workload, field(workload.properties, "iamInstanceProfile"), context);
  if (!groupTypes.some((one) => one === type)) return undefined;
  const template = launchTemplateOf(workload, context);
  const named = template && field(template.properties, "iamInstanceProfile");
  return template && byProfile(template, text(named) ?? field(named, "name") ?? field(named, "arn"), context);
}

function byProfile(machine: Resource, named: Value, context: ReadContext): Assumed | undefined {
  const [profile] = context.stack.references(machine, "iamInstanceProfile", profileTypes, named).resources;
  return profile && roleIn(profile, "role", field(profile.properties, "role"), "ec2.amazonaws.com", context);
}

function roleIn(
  from: Resource,
  property: string,
  named: Value,
  principal: string | undefined,
  { stack }: ReadContext,
): Assumed | undefined {
  const [role] = named === undefined ? [] : stack.references(from, property, roleTypes, named).resources;
  return role && { role, principal };
}

/** The variable that the SDKs of AWS read (AWS SDKs and Tools Reference Guide, "Assume role credential provider"). */
function callerInCluster(workload: Resource, context: ReadContext): Assumed | undefined {
  const said = mentionsInKubernetes(workload, context).find(({ variable }) => variable === "AWS_ROLE_ARN");
  const role = said && context.stack.byIdentifier(roleTypes, said.text);
  return role && { role, principal: undefined };
}
