/** The least that a role needs to read a stack: an IAM policy made of the types that the stack holds. */
import { regionCode } from "../../inventory/aws/regionCode";
import { rowOf } from "../../inventory/aws/registry";
import type { Resource } from "../../inventory/resource";
import { field, items, sortedUnique, text } from "../../inventory/values";
import { isGlobal } from "../awsServices";
import { arnOfContents, contentsToRead, settingsToRead } from "./awsReads";
import { backendStatements, type BackendAccess } from "./backendReads";
import { homeRegion, liveReads } from "./liveReads";
import type { PolicyDocument, Statement } from "./policyDocument";

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

/** Objects whose contents an action reads. */
interface Granted {
  readonly arns: Set<string>;
  readonly condition?: Readonly<Record<string, readonly string[]>>;
}

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
  const contents = new Map<string, Granted>();
  const withheld = new Set<string>();
  for (const resource of resources) {
    if (!resource.custom || !resource.type.startsWith("aws:")) continue;
    if (rowOf(resource.type) === undefined) {
      missing.set(resource.type, (missing.get(resource.type) ?? 0) + 1);
      continue;
    }
    const regions = regionsOf(resource, byUrn);
    for (const action of settingsToRead(resource.type)) add(services, action, regions);
    if (!addContents(contents, resource)) withheld.add(resource.urn);
  }
  if (live && resources.some(({ custom, type }) => custom && type.startsWith("aws:")))
    addLive(services, resources, byUrn);
  const statements = [
    ...[...services].sort(byKey).map(statementOf),
    ...contentsStatements(contents),
    ...backendStatements(backend),
  ];
  return {
    documents: split(statements),
    missing: [...missing].sort(byKey).map(([type, count]) => ({ type, count })),
    contents: sortedUnique([...contents.values()].flatMap(({ arns }) => [...arns])),
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

/** False where the contents of a resource would be read, and nobody knows yet which object it is. */
function addContents(contents: Map<string, Granted>, resource: Resource): boolean {
  const found = contentsToRead(resource.type);
  if (found === undefined) return true;
  const arn = arnOfContents(resource, found);
  if (arn === undefined) return false;
  for (const action of found.reads) {
    const { condition } = found;
    const granted = contents.get(action) ?? { arns: new Set(), ...(condition === undefined ? {} : { condition }) };
    granted.arns.add(arn);
    contents.set(action, granted);
  }
  return true;
}

/** The objects themselves, of each action as many statements as it takes. */
function contentsStatements(contents: ReadonlyMap<string, Granted>): readonly Statement[] {
  return [...contents].sort(byKey).flatMap(([action, { arns, condition }]) => {
    const sorted = [...arns].sort();
    const parts = Array.from({ length: Math.ceil(sorted.length / mostArns) }, (_, at) =>
      sorted.slice(at * mostArns, (at + 1) * mostArns),
    );
    const name = `Contents${camel(action.replace(":", "-"))}`;
    return parts.map((part, at): Statement => ({
      Sid: parts.length === 1 ? name : `${name}${at + 1}`,
      Effect: "Allow",
      Action: [action],
      Resource: part,
      ...(condition === undefined ? {} : { Condition: { StringEquals: condition } }),
    }));
  });
}

/** Regions in which a resource is asked for; undefined where its own is not known. */
function regionsOf(resource: Resource, byUrn: ReadonlyMap<string, Resource>): readonly string[] | undefined {
  const { askedIn, copies } = rowOf(resource.type) ?? {};
  if (askedIn !== undefined) return askedIn;
  const own = regionCode(resource, ({ provider }) => (provider === undefined ? undefined : byUrn.get(provider)));
  if (!own.known || copies === undefined) return own.known ? [own.value] : undefined;
  const others = items(field(resource.properties, copies.list)).flatMap(
    (copy) => text(field(copy, copies.region)) ?? [],
  );
  return [own.value, ...others];
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
