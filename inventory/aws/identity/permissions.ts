/** What a role may do, as far as its stack says: documents of its own, attached ones, and its boundary. */
import type { ReadContext } from "../../reader";
import { UNKNOWN, type Resource, type Value } from "../../resource";
import type { Stack } from "../../stack";
import { field, items, text, texts } from "../../values";
import { addTo } from "../../../lib/lists";
import { memoize } from "../../../lib/memo";
import { statementsIn, type Statement } from "./statements";

export const roleTypes = ["aws:iam/role:Role"] as const;
const policyTypes = ["aws:iam/policy:Policy"] as const;
const attaching = ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", "aws:iam/policyAttachment:PolicyAttachment"];
const listing = "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive";

/** A document that says something about a role. */
export interface Document {
  /** The resource that holds it: the one to change. */
  readonly resource: Resource;
  readonly property: string;
  /** Undefined where it is not known yet, or is another stack's. */
  readonly statements: readonly Statement[] | undefined;
}

export interface Permissions {
  readonly documents: readonly Document[];
  /** @default there is none: its documents decide alone */
  readonly boundary?: Document;
}

/**
 * Managed policies of AWS that give nothing of a store, a queue or a topic (AWS Managed Policy Reference Guide). What
 * another one gives is its name's, or not said here.
 */
const giveNoData: ReadonlySet<string> = new Set([
  "AWSLambdaBasicExecutionRole",
  "AWSLambdaVPCAccessExecutionRole",
  "AWSXRayDaemonWriteAccess",
  "AWSXrayWriteOnlyAccess",
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonEC2ContainerRegistryReadOnly",
  "AmazonECSTaskExecutionRolePolicy",
  "AmazonEKSWorkerNodePolicy",
  "AmazonEKS_CNI_Policy",
  "AmazonSSMManagedInstanceCore",
  "CloudWatchAgentServerPolicy",
]);

type Attachments = ReadonlyMap<Resource, readonly Document[]>;

/** By the role that they are about, in one look at the stack. */
const documentsByRole = memoize((stack: Stack): Attachments => {
  const found = new Map<Resource, Document[]>();
  const rolesOf = (resource: Resource, property: string): readonly Resource[] =>
    stack.references(resource, property, roleTypes, field(resource.properties, property)).resources;
  for (const resource of stack.ofType("aws:iam/rolePolicy:RolePolicy")) {
    for (const role of rolesOf(resource, "role")) addTo(found, role, documentIn(resource, "policy"));
  }
  for (const resource of attaching.flatMap((type) => stack.ofType(type))) {
    for (const role of [...rolesOf(resource, "role"), ...rolesOf(resource, "roles")]) {
      addTo(found, role, attached(resource, "policyArn", field(resource.properties, "policyArn"), stack));
    }
  }
  for (const resource of stack.ofType(listing)) {
    for (const role of rolesOf(resource, "roleName")) addAll(found, role, resource, "policyArns", stack);
  }
  for (const role of stack.ofType(roleTypes[0])) {
    addAll(found, role, role, "managedPolicyArns", stack);
    for (const own of items(field(role.properties, "inlinePolicies"))) {
      const statements = statementsIn(field(own, "policy"));
      addTo(found, role, { resource: role, property: "inlinePolicies", statements });
    }
  }
  return found;
});

function addAll(into: Map<Resource, Document[]>, role: Resource, of: Resource, property: string, stack: Stack): void {
  for (const arn of texts(field(of.properties, property))) addTo(into, role, attached(of, property, arn, stack));
}

export function documentIn(resource: Resource, property: string): Document {
  return { resource, property, statements: statementsIn(field(resource.properties, property)) };
}

function attached(resource: Resource, property: string, arn: Value, stack: Stack): Document {
  const [policy] = stack.references(resource, property, policyTypes, arn).resources;
  if (policy !== undefined) return documentIn(policy, "policy");
  const [, name] = /^arn:aws[a-z-]*:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(text(arn) ?? "") ?? [];
  return { resource, property, statements: name !== undefined && giveNoData.has(name) ? [] : undefined };
}

export function permissionsOf(role: Resource, { stack }: Pick<ReadContext, "stack">): Permissions {
  const documents = documentsByRole(stack).get(role) ?? [];
  const arn = field(role.properties, "permissionsBoundary");
  if (arn === undefined || arn === "") return { documents };
  const [policy] = arn === UNKNOWN ? [] : stack.references(role, "permissionsBoundary", policyTypes, arn).resources;
  const boundary =
    policy === undefined
      ? { resource: role, property: "permissionsBoundary", statements: undefined }
      : documentIn(policy, "policy");
  return { documents, boundary };
}
