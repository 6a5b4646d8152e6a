/** The least that a role needs to read a stack: an IAM policy made of the types that the stack holds. */
import { regionCode } from "../../inventory/aws/regionCode";
import type { Resource, Value } from "../../inventory/resource";
import { field, items, text } from "../../inventory/values";
import { isGlobal } from "../awsServices";
import { actionsToRead, readsContents } from "./awsReads";
import { backendStatements, type BackendAccess } from "./backendReads";
import { homeRegion, liveReads } from "./liveReads";

export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: "*" | readonly string[];
  readonly Condition?: { readonly StringEquals: { readonly "aws:RequestedRegion": readonly string[] } };
}

export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

export interface ReaderPolicy {
  /** More than one where one would be too long. None where nothing of AWS is in the stack. */
  readonly documents: readonly PolicyDocument[];
  /** Types of AWS of which nobody knows how they are read, sorted, with how many there are. */
  readonly missing: readonly { readonly type: string; readonly count: number }[];
  /** Contents that the role will read, by what they are of. */
  readonly contents: readonly string[];
  /** URNs whose contents are not granted, since their ARN is not known. */
  readonly withheld: readonly string[];
  /** Prefixes of services that may be asked in every region, since the region of a resource is not known. */
  readonly everywhere: readonly string[];
}

/** Characters of a managed policy, white space aside (IAM User Guide, "IAM and AWS STS quotas"). */
export const longestPolicy = 6_144;

/** Managed policies that a role takes, unless its quota has been raised (the same page). */
export const policiesOfRole = 10;

/** ARNs of one statement, so that no statement is longer than a policy. */
const mostArns = 25;

interface Service {
  readonly actions: Set<string>;
  readonly regions: Set<string>;
  isEverywhere: boolean;
}

/** What else the role reads. */
export interface ReaderOptions {
  /** Also what `duplex drift --live` is given. @default false */
  readonly live?: boolean;
  /** Also the state. @default it is read by other means */
  readonly backend?: BackendAccess;
}

/**
 * Makes the policy. What is no resource of AWS, and what the engine does not read (components, providers), is left out.
 */
export function readerPolicy(
  resources: readonly Resource[],
  { live = false, backend = {} }: ReaderOptions = {},
): ReaderPolicy {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const services = new Map<string, Service>();
  const missing = new Map<string, number>();
  const arns = new Map<string, Set<string>>();
  const [contents, withheld] = [new Set<string>(), new Set<string>()];
  for (const resource of resources) {
    if (!resource.custom || !resource.type.startsWith("aws:")) continue;
    const actions = actionsToRead(resource.type);
    if (actions === undefined) {
      missing.set(resource.type, (missing.get(resource.type) ?? 0) + 1);
      continue;
    }
    const regions = regionsOf(resource, byUrn);
    for (const action of actions) {
      if (!readsContents(action)) {
        add(services, action, regions);
        continue;
      }
      const arn = arnOfContents(resource);
      if (arn === undefined) withheld.add(resource.urn);
      else {
        contents.add(arn);
        arns.set(action, (arns.get(action) ?? new Set()).add(arn));
      }
    }
  }
  if (live && resources.some(({ custom, type }) => custom && type.startsWith("aws:")))
    addLive(services, resources, byUrn);
  const statements = [
    ...[...services].sort(byKey).map(statementOf),
    ...contentsStatements(arns),
    ...backendStatements(backend),
  ];
  return {
    documents: split(statements),
    missing: [...missing].sort(byKey).map(([type, count]) => ({ type, count })),
    contents: [...contents].sort(),
    withheld: [...withheld].sort(),
    everywhere: [...services].flatMap(([prefix, { isEverywhere }]) => (isEverywhere ? [prefix] : [])).sort(),
  };
}

function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

function add(services: Map<string, Service>, action: string, regions: readonly string[] | undefined): void {
  const prefix = prefixOf(action);
  const service: Service = services.get(prefix) ?? { actions: new Set(), regions: new Set(), isEverywhere: false };
  services.set(prefix, service);
  service.actions.add(action);
  // One endpoint for all regions: a condition on the region would ask for that of the endpoint.
  if (isGlobal(prefix)) return;
  if (regions === undefined) service.isEverywhere = true;
  for (const region of regions ?? []) service.regions.add(region);
}

function addLive(
  services: Map<string, Service>,
  resources: readonly Resource[],
  byUrn: ReadonlyMap<string, Resource>,
): void {
  const held = resources.filter(({ custom, type }) => custom && type.startsWith("aws:"));
  const regions = new Set(held.flatMap((resource) => regionsOf(resource, byUrn) ?? []));
  for (const { action, types, where } of liveReads) {
    if (types !== undefined && !held.some(({ type }) => type.startsWith(types))) continue;
    // No region is no condition: these endpoints stand in regions of their own.
    if (where === "endpoints") add(services, action, []);
    else if (regions.size === 0) add(services, action, undefined);
    else add(services, action, where === "home" ? [...regions, homeRegion] : [...regions]);
  }
}

function prefixOf(action: string): string {
  return action.slice(0, action.indexOf(":"));
}

function statementOf([prefix, { actions, regions, isEverywhere }]: readonly [string, Service]): Statement {
  const condition = { StringEquals: { "aws:RequestedRegion": [...regions].sort() } };
  return {
    Sid: `Read${camel(prefix)}`,
    Effect: "Allow",
    Action: [...actions].sort(),
    Resource: "*",
    ...(isEverywhere || regions.size === 0 ? {} : { Condition: condition }),
  };
}

function camel(text: string): string {
  return text.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** The objects themselves, of each action as many statements as it takes. */
function contentsStatements(arns: ReadonlyMap<string, ReadonlySet<string>>): readonly Statement[] {
  return [...arns].sort(byKey).flatMap(([action, all]) => {
    const sorted = [...all].sort();
    const parts = Array.from({ length: Math.ceil(sorted.length / mostArns) }, (_, at) =>
      sorted.slice(at * mostArns, (at + 1) * mostArns),
    );
    const name = `Contents${camel(action.replace(":", "-"))}`;
    return parts.map((part, at): Statement => ({
      Sid: parts.length === 1 ? name : `${name}${at + 1}`,
      Effect: "Allow",
      Action: [action],
      Resource: part,
    }));
  });
}

/** Regions in which a resource is asked for; undefined where its own is not known. */
function regionsOf(resource: Resource, byUrn: ReadonlyMap<string, Resource>): readonly string[] | undefined {
  const own = regionCode(resource, ({ provider }) => (provider === undefined ? undefined : byUrn.get(provider)));
  if (!own.known) return undefined;
  // Of a global table the provider asks each replica for its backups and its tags.
  const replicas = resource.type === "aws:dynamodb/table:Table" ? items(resource.properties.replicas) : [];
  return [own.value, ...replicas.flatMap((replica) => text(field(replica, "regionName")) ?? [])];
}

/** ARN of the object or the secret that a resource holds; undefined before there is one. */
function arnOfContents({ type, properties }: Resource): string | undefined {
  if (type.startsWith("aws:secretsmanager/")) return arnOf(properties.secretId) ?? arnOf(properties.arn);
  const [bucket, key] = [text(properties.bucket), text(properties.key)];
  return (
    arnOf(properties.arn) ?? (bucket === undefined || key === undefined ? undefined : `arn:aws:s3:::${bucket}/${key}`)
  );
}

function arnOf(value: Value): string | undefined {
  const arn = text(value);
  return arn?.startsWith("arn:") ? arn : undefined;
}

/** Statements in their order, as many in each document as fit. */
function split(statements: readonly Statement[]): readonly PolicyDocument[] {
  const documents: Statement[][] = [];
  for (const statement of statements) {
    const last = documents.at(-1);
    if (last !== undefined && lengthOf([...last, statement]) <= longestPolicy) last.push(statement);
    else documents.push([statement]);
  }
  return documents.map(documentOf);
}

function documentOf(statements: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

function lengthOf(statements: readonly Statement[]): number {
  return JSON.stringify(documentOf(statements)).replace(/\s/g, "").length;
}
