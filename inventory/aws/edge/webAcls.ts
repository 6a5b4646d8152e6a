/**
 * Web ACLs before load balancers, APIs and distributions: their rules are asked by priority, and what none of them ends
 * the default action does (AWS WAF Developer Guide, "How AWS WAF handles rule and rule group actions").
 */
import { closedBy, undecidedBy, type Gate } from "../../gate";
import { membersOf } from "../../members";
import type { Reader, ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { amount, at, field, items, text, texts } from "../../values";
import { byNumber } from "../../../lib/order";
import { balancerTypes } from "../entrances";
import { clientsIn } from "../network/ipRanges";

const aclTypes = ["aws:wafv2/webAcl:WebAcl"] as const;
const associationTypes = ["aws:wafv2/webAclAssociation:WebAclAssociation"] as const;
const distributionTypes = ["aws:cloudfront/distribution:Distribution"] as const;
const setTypes = ["aws:wafv2/ipSet:IpSet"] as const;
const guardedTypes = [
  ...balancerTypes,
  "aws:apigateway/stage:Stage",
  "aws:apprunner/service:Service",
  "aws:cognito/userPool:UserPool",
] as const;

export const webAcls: Reader = {
  gives: "whether it lets clients through to the load balancers, APIs and distributions that it stands before",
  types: aclTypes,
  read(resource, into, context) {
    const gate = gateOf(resource, context);
    if (gate === undefined) return;
    for (const guarded of guardedBy(resource, context)) into.guard(guarded.urn, gate);
  },
};

function guardedBy(acl: Resource, { stack }: ReadContext): readonly Resource[] {
  const associated = membersOf(stack, acl, associationTypes, "webAclArn", aclTypes).flatMap(
    (one) => stack.references(one, "resourceArn", guardedTypes, field(one.properties, "resourceArn")).resources,
  );
  return [...associated, ...membersOf(stack, acl, distributionTypes, "webAclId", aclTypes)];
}

/** Undefined where clients get through, but for what a rule picks out. */
function gateOf(acl: Resource, context: ReadContext): Gate | undefined {
  const rules = [...items(field(acl.properties, "rules"))].sort((a, b) =>
    byNumber(amount(field(a, "priority")) ?? 0, amount(field(b, "priority")) ?? 0),
  );
  let admitsSome = false;
  for (const rule of rules) {
    const action = field(rule, "action");
    const [blocks, allows] = [isGiven(field(action, "block")), isGiven(field(action, "allow"))];
    if ((blocks || allows) && takesAll(field(rule, "statement"), acl, context)) {
      if (allows) return undefined;
      const name = text(field(rule, "name")) ?? "";
      return closedBy(acl, "rules", `rule "${name}" of the web ACL "${acl.name}" blocks every request`);
    }
    admitsSome ||= allows;
  }
  if (!isGiven(at(acl.properties, "defaultAction", "block"))) return undefined;
  if (!admitsSome) return closedBy(acl, "defaultAction", `the web ACL "${acl.name}" blocks every request`);
  return undecidedBy(acl, "rules", `the web ACL "${acl.name}" blocks whom none of its rules allows`);
}

/** An action is written as an object, which may have nothing in it. */
function isGiven(value: Value): boolean {
  return typeof value === "object" && value !== null;
}

/** True for a statement that every request fulfils. */
function takesAll(statement: Value, acl: Resource, context: ReadContext): boolean {
  const all = items(at(statement, "andStatement", "statements"));
  if (all.length > 0) return all.every((one) => takesAll(one, acl, context));
  if (items(at(statement, "orStatement", "statements")).some((one) => takesAll(one, acl, context))) return true;
  const path = field(statement, "byteMatchStatement");
  if (isGiven(at(path, "fieldToMatch", "uriPath")) && text(field(path, "positionalConstraint")) === "STARTS_WITH") {
    return text(field(path, "searchString")) === "/";
  }
  const size = field(statement, "sizeConstraintStatement");
  if (text(field(size, "comparisonOperator")) === "GE") return amount(field(size, "size")) === 0;
  const arn = at(statement, "ipSetReferenceStatement", "arn");
  if (typeof arn !== "string") return false;
  const [set] = context.stack.references(acl, "rules", setTypes, arn).resources;
  return set !== undefined && clientsIn(texts(field(set.properties, "addresses"))) === "all";
}
