/** Whether a role may use a store, a queue or a topic: in that region, by that very ARN. */
import { closedBy, undecidedBy, type Gate } from "../../gate";
import type { ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { field, textAt } from "../../values";
import { policiesOf } from "./resourcePolicies";
import { permissionsOf, type Document, type Permissions } from "./permissions";
import { covers, globMatches, statementsIn, type Statement } from "./statements";

interface Use {
  /** Prefix of its actions. */
  readonly prefix: string;
  /** One of these is enough to be of use: what it is for, the program knows. */
  readonly actions: readonly string[];
  /** What is named beside the thing itself, such as the objects of a bucket. */
  readonly inside?: string;
}

/** What a program asks of each (Service Authorization Reference, "Actions defined by …"), in small letters. */
const uses: Readonly<Record<string, Use>> = Object.fromEntries(
  (
    [
      [
        ["aws:dynamodb/table:Table", "aws:dynamodb/globalTable:GlobalTable"],
        {
          prefix: "dynamodb",
          actions: [
            "getitem",
            "putitem",
            "query",
            "updateitem",
            "scan",
            "batchgetitem",
            "batchwriteitem",
            "deleteitem",
          ],
        },
      ],
      [
        ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"],
        { prefix: "s3", actions: ["getobject", "putobject"], inside: "/" },
      ],
      [["aws:sqs/queue:Queue"], { prefix: "sqs", actions: ["sendmessage", "receivemessage"] }],
      [["aws:sns/topic:Topic"], { prefix: "sns", actions: ["publish"] }],
      [
        ["aws:kinesis/stream:Stream"],
        { prefix: "kinesis", actions: ["getrecords", "putrecord", "putrecords", "subscribetoshard"] },
      ],
    ] satisfies readonly (readonly [readonly string[], Use])[]
  ).flatMap(([types, use]) => types.map((type) => [type, use] as const)),
);

/** True for what is used by permission alone: a database that asks for a password is not. */
export function isUsedByPermission({ type }: Resource): boolean {
  return Object.hasOwn(uses, type);
}

/** A role and whose it is. */
export interface Assumed {
  readonly role: Resource;
  /** Who has to be let in by its trust policy, such as `ecs-tasks.amazonaws.com`; undefined for a pod. */
  readonly principal: string | undefined;
}

/** Where something is used. */
export interface Place {
  readonly region: string;
  /** True where the one who uses it stands in another region of AWS. */
  readonly isElsewhere: boolean;
}

export function accessGate(
  { role, principal }: Assumed,
  used: Resource,
  { region, isElsewhere }: Place,
  context: Pick<ReadContext, "stack">,
): Gate | undefined {
  const use = uses[used.type];
  if (use === undefined) return undefined;
  const trust = trustGate(role, principal);
  if (trust !== undefined) return trust;
  const arn = arnIn(textAt(used, "arn"), region);
  const permissions = permissionsOf(role, context);
  if (hangsOn(permissions, used)) {
    // Its own region's is what a role is given; of another one's a preview does not know it.
    const why = `what role "${role.name}" is allowed of ${used.name} in ${region} is not known yet`;
    return isElsewhere ? undecidedBy(role, "policies", why) : undefined;
  }
  if (arn === undefined) return undefined;
  return permissionGate(role, permissions, { use, used, arn, region }, context);
}

/** One action on one ARN, whatever it is of. */
export interface AskedAction {
  /** In small letters, such as `ecr:batchgetimage`. */
  readonly action: string;
  readonly arn: string;
  readonly region: string;
  /** What a message calls it. */
  readonly name: string;
}

/** Whether a role that is taken at a start may do what the start takes. */
export function actionGate(
  { role, principal }: Assumed,
  { action, arn, region, name }: AskedAction,
  context: Pick<ReadContext, "stack">,
): Gate | undefined {
  const trust = trustGate(role, principal);
  if (trust !== undefined) return trust;
  const { documents } = permissionsOf(role, context);
  if (documents.some(({ statements }) => statements === undefined)) return undefined;
  const all = documents.flatMap(({ statements }) => statements ?? []);
  // What AWS' own policy for this gives is not in the stack, and is known.
  if (documents.some(({ pulls }) => pulls === true)) return undefined;
  const [prefix = "", verb = ""] = action.split(":");
  const asked: Asked = { use: { prefix, actions: [verb] }, used: { ...role, name }, arn, region };
  if (allowed(all, action, asked) && !denied(all, verb, asked)) return undefined;
  return closedBy(role, "policies", `no policy of role "${role.name}" lets it pull ${name} in ${region}`);
}

/** A trust policy that names other services alone lets nobody take the role. */
export function trustGate(role: Resource, principal: string | undefined): Gate | undefined {
  if (principal === undefined) return undefined;
  const document = field(role.properties, "assumeRolePolicy");
  // IAM makes no role of a document without a statement: that one is a stand-in.
  if (typeof document !== "string" || (statementsIn(document) ?? []).length === 0) return undefined;
  // What stands in it at all is enough: a condition is for whoever calls.
  if (document.includes(principal) || /"(AWS|Principal)"\s*:\s*(\[\s*)?"\*"/.test(document)) return undefined;
  return closedBy(
    role,
    "assumeRolePolicy",
    `the trust policy of role "${role.name}" does not let ${principal} take it`,
  );
}

/** In a preview a document that is made from the thing is not known yet, and is about it. */
function hangsOn({ documents }: Permissions, { urn }: Resource): boolean {
  return documents.some(
    ({ statements, resource, property }) =>
      statements === undefined && resource.propertyDependencies[property]?.includes(urn) === true,
  );
}

interface Asked {
  readonly use: Use;
  readonly used: Resource;
  readonly arn: string;
  readonly region: string | undefined;
}

function permissionGate(
  role: Resource,
  { documents, boundary }: Permissions,
  asked: Asked,
  context: Pick<ReadContext, "stack">,
): Gate | undefined {
  const all = documents.flatMap(({ statements }) => statements ?? []);
  const { use, used, region } = asked;
  const left = use.actions.filter((action) => allowed(all, `${use.prefix}:${action}`, asked));
  const what = `role "${role.name}"`;
  const where = region === undefined ? "" : ` in ${region}`;
  if (left.length > 0) {
    const denier = documents.find(({ statements = [] }) => left.every((action) => denied(statements, action, asked)));
    if (denier !== undefined) {
      return closedBy(
        denier.resource,
        denier.property,
        `"${denier.resource.name}" denies ${what} ${used.name}${where}`,
      );
    }
    const refuser = policiesOf(used, asked.arn, context).find(({ statements = [] }) => {
      const forAll = statements.filter(({ isForAll }) => isForAll);
      return left.every((action) => denied(forAll, action, asked));
    });
    if (refuser !== undefined) {
      return closedBy(refuser.resource, refuser.property, `"${refuser.resource.name}" denies everybody ${used.name}`);
    }
    return boundary && boundaryGate(boundary, left, what, asked);
  }
  // What is given elsewhere, or by taking another role, its own documents do not say.
  if (documents.some(({ statements }) => statements === undefined) || takesRoles(all)) return undefined;
  const about = documents.find(({ statements = [] }) => statements.some((one) => isAbout(one, use.prefix)));
  if (about !== undefined) {
    const { resource, property } = about;
    return closedBy(resource, property, `no policy of ${what} allows it ${used.name}${where}, only others of its kind`);
  }
  return undecidedBy(role, "policies", `no policy of ${what} in the stack allows it ${used.name}${where}`);
}

function boundaryGate(boundary: Document, left: readonly string[], what: string, asked: Asked): Gate | undefined {
  const { resource, property, statements } = boundary;
  if (statements === undefined) return undecidedBy(resource, property, `the boundary of ${what} is not in the stack`);
  const passes = left.some((action) => allowed(statements, `${asked.use.prefix}:${action}`, asked));
  if (passes) return undefined;
  return closedBy(
    resource,
    property,
    `"${resource.name}", the boundary of ${what}, does not allow it ${asked.used.name}`,
  );
}

/** What may be allowed is: a condition that cannot be judged is the caller's to fulfil. */
function allowed(statements: readonly Statement[], action: string, { use, arn, region }: Asked): boolean {
  return statements.some(
    ({ allows, actions, resources, holdsIn }) =>
      allows && covers(actions, action) && reaches(resources, arn, use.inside) && holdsIn(region) !== false,
  );
}

/** Only what is denied for certain is. */
function denied(statements: readonly Statement[], action: string, { use, arn, region }: Asked): boolean {
  const whole = use.inside === undefined ? arn : `${arn}${use.inside}*`;
  return statements.some(
    ({ allows, actions, resources, holdsIn }) =>
      !allows && covers(actions, `${use.prefix}:${action}`) && covers(resources, whole) && holdsIn(region) === true,
  );
}

/** Some of what is inside of it is enough. */
function reaches(resources: Statement["resources"], arn: string, inside: string | undefined): boolean {
  if (covers(resources, arn) && inside === undefined) return true;
  if (inside === undefined) return false;
  const start = `${arn}${inside}`;
  return covers(resources, `${start}x`) || resources.patterns.some((one) => one.startsWith(start) !== resources.except);
}

function isAbout({ allows, actions }: Statement, prefix: string): boolean {
  return allows && !actions.except && actions.patterns.some((pattern) => pattern.startsWith(`${prefix}:`));
}

function takesRoles(statements: readonly Statement[]): boolean {
  return statements.some(({ allows, actions }) => allows && covers(actions, "sts:assumerole"));
}

/** The ARN of what stands in several regions differs by the region alone. */
function arnIn(arn: string | undefined, region: string | undefined): string | undefined {
  if (arn === undefined || !globMatches("arn:*:*:*:*:*", arn)) return arn;
  const parts = arn.split(":");
  if (region !== undefined && parts[3] !== "") parts[3] = region;
  return parts.join(":");
}
