/** Targets given one by one, and rules of listeners. */
import { Refusal } from "../errors";
import type { Making, Refuse, ResourceType } from "../engine/resourceType";
import { list, number, object, text, type Properties } from "../engine/values";
import { arn, awsType, given, oneOf, referred, usersOfType, within } from "./awsType";
import { targetGroupType } from "./compute";
import { lambdaAliasType, lambdaType, listenerType, loadBalancerType } from "./types";

const attachment = awsType({
  token: "aws:lb/targetGroupAttachment:TargetGroupAttachment",
  tagged: false,
  id: (making) => `${given(making, "targetGroupArn")}-${making.hex(20)}`,
  replaceOn: "all",
  references: [
    { path: "targetGroupArn", to: [targetGroupType], bond: "dies" },
    // Anything else that can be a target is an address, or an instance that nobody made here.
    { path: "targetId", to: [loadBalancerType, lambdaType, lambdaAliasType], bond: "needs", except: /^(?!arn:)/ },
  ],
  admit: admitTarget,
  outputs: {},
});

/** A balancer can be a target only of a group of that type, and only where it listens on the group's port. */
function admitTarget(making: Making): void {
  const group = referred(making, [targetGroupType], making.inputs["targetGroupArn"]);
  const balancer = referred(making, [loadBalancerType], making.inputs["targetId"]);
  if (!group) return;
  const type = text(group.state["targetType"]) ?? "instance";
  if ((type === "alb") !== (balancer !== undefined)) {
    throw new Refusal(
      "invalid",
      `${making.urn}: InvalidTarget: a target group of type ${type} does not take ${given(making, "targetId")}.`,
    );
  }
  if (!balancer) return;
  const port = number(making.inputs["port"]) ?? number(group.state["port"]);
  const ports = usersOfType(making.cloud, balancer, listenerType).map(({ inputs }) => number(inputs["port"]));
  if (ports.includes(port)) return;
  throw new Refusal(
    "invalid",
    `${making.urn}: InvalidTarget: ${balancer.id} has no listener on port ${port}, the target group's. Create ` +
      "the listener first (dependsOn).",
  );
}

const rule = awsType({
  token: "aws:lb/listenerRule:ListenerRule",
  id: ruleArn,
  replaceOn: ["listenerArn"],
  references: [
    { path: "listenerArn", to: [listenerType], bond: "dies" },
    { path: "actions[].targetGroupArn", to: [targetGroupType], bond: "holds" },
  ],
  uniqueness: ({ listenerArn, priority }) =>
    typeof priority === "number" ? [`${text(listenerArn) ?? ""}|${priority}`] : [],
  check: (inputs: Properties, refuse: Refuse) => {
    within(inputs, refuse, "priority", 1, 50_000);
    oneOf(inputs, refuse, "actions[].type", [
      "forward",
      "redirect",
      "fixed-response",
      "authenticate-cognito",
      "authenticate-oidc",
      "jwt-validation",
    ]);
    if (list(inputs["conditions"]).length === 0 && Array.isArray(inputs["conditions"])) {
      refuse("conditions", "conditions must hold at least one condition, such as a host header.");
    }
    for (const [index, each] of list(inputs["conditions"]).entries()) {
      if (Object.keys(object(each)).length === 0) refuse(`conditions[${index}]`, `conditions[${index}] says nothing.`);
    }
  },
  outputs: { arn: ruleArn, priority: () => 1 },
});

function ruleArn(making: Making): string {
  const of = given(making, "listenerArn").split(":listener/")[1] ?? "";
  return arn(making, "elasticloadbalancing", `listener-rule/${of}/${making.hex(16)}`);
}

export const balancerTargetTypes: readonly ResourceType[] = [attachment, rule];
