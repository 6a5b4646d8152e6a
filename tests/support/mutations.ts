/** Single-point mutations of a stack: one change of one resource (or of one line of its configuration) at a time. */
import { fromRegistrations } from "../../inventory/sources/registrations";
import { runProgram } from "../../cli/engine/program/runProgram";
import type { Properties, Resource, Value } from "../../inventory/resource";
import type { ServiceId } from "../../model";

/** One mutated stack, and whose fault must be found in it. */
export interface Mutant {
  /** What was changed, for the list of survivors. */
  readonly what: string;
  /** The services of which at least one must be named by an expected finding. */
  readonly services: readonly ServiceId[];
  readonly resources: readonly Resource[];
}

export interface MutationKind {
  readonly name: string;
  /** Policies of which any one is the right reason. */
  readonly expects: readonly string[];
  readonly mutants: (stack: readonly Resource[]) => Iterable<Mutant>;
}

/** The resources of a project's stack, as its own program registers them, made plain. */
export async function recordStack(root: string, stack: string): Promise<readonly Resource[]> {
  const run = await runProgram(root, { stack, timeoutSeconds: 240, env: process.env });
  return fromRegistrations(run.registrations).map(plain);
}

/** RecordedResource resources read their record when asked; a mutation needs the values themselves. */
export function plain(resource: Resource): Resource {
  const { urn, type, name, parent, provider, custom, id, properties, propertyDependencies, dependencies } = resource;
  return {
    ...{ urn, type, name, custom, id, properties, propertyDependencies, dependencies },
    ...(parent === undefined ? {} : { parent }),
    ...(provider === undefined ? {} : { provider }),
  };
}

type Path = readonly (string | number)[];

/** A copy of a value with another value at the path; `undefined` takes the key away. */
function put(value: Value, [key, ...rest]: Path, change: (found: Value) => Value): Value {
  if (key === undefined) return change(value);
  if (Array.isArray(value))
    return (value as readonly Value[]).map((one, at) => (at === key ? put(one, rest, change) : one));
  const copy: Record<string, Value> = isObject(value) ? { ...value } : {};
  const changed = put(copy[key], rest, change);
  if (changed === undefined) delete copy[key];
  else copy[key] = changed;
  return copy;
}

function isObject(value: Value): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function get(value: Value, path: Path): Value {
  return path.reduce<Value>(
    (at, key) => (Array.isArray(at) ? (at as readonly Value[])[Number(key)] : isObject(at) ? at[key] : undefined),
    value,
  );
}

/** The resource with another value at a path of its properties. */
export function withProperty(resource: Resource, path: Path, value: Value | ((found: Value) => Value)): Resource {
  const change = typeof value === "function" ? value : () => value;
  return { ...resource, properties: put(resource.properties, path, change) as Properties };
}

/** The stack with one resource in place of another. */
export function replaced(stack: readonly Resource[], one: Resource, by: Resource): readonly Resource[] {
  return stack.map((resource) => (resource === one ? by : resource));
}

function without(stack: readonly Resource[], one: Resource): readonly Resource[] {
  return stack.filter((resource) => resource !== one);
}

export function ofType(stack: readonly Resource[], ...types: readonly string[]): readonly Resource[] {
  return stack.filter(({ type }) => types.includes(type));
}

export const deployment = "kubernetes:apps/v1:Deployment";
export const statefulSet = "kubernetes:apps/v1:StatefulSet";
export const group = "aws:autoscaling/group:Group";
export const podSpec = ["spec", "template", "spec"] as const;

/** A word of ours on a resource: tag, listed tag or label. */
export function wordOf({ properties }: Resource, key: string): string | undefined {
  const labelKey = `duplex.dev/${key}`;
  const tags = properties["tags"];
  const listed = Array.isArray(tags)
    ? (tags as readonly Value[]).find((tag) => get(tag, ["key"]) === `duplex:${key}`)
    : undefined;
  const found =
    get(listed, ["value"]) ??
    get(tags, [`duplex:${key}`]) ??
    get(properties, ["metadata", "labels", labelKey]) ??
    get(properties, ["metadata", "annotations", labelKey]);
  return typeof found === "string" ? found : undefined;
}

/** The resource with a word of ours changed or added, `undefined` takes it away, wherever a reader looks for it. */
export function withWord(resource: Resource, key: string, word: string | undefined): Resource {
  const { properties, type } = resource;
  if (!type.startsWith("kubernetes:")) {
    const tags = properties["tags"];
    if (!Array.isArray(tags)) return withProperty(resource, ["tags", `duplex:${key}`], word);
    const others = (tags as readonly Value[]).filter((tag) => get(tag, ["key"]) !== `duplex:${key}`);
    return withProperty(
      resource,
      ["tags"],
      word === undefined ? others : [...others, { key: `duplex:${key}`, propagateAtLaunch: true, value: word }],
    );
  }
  const at = `duplex.dev/${key}`;
  let changed = withProperty(resource, ["metadata", "annotations", at], word);
  for (const metadata of [["metadata"], ["spec", "template", "metadata"]]) {
    for (const map of ["labels", "annotations"]) {
      if (get(changed.properties, [...metadata, map, at]) === undefined) continue;
      changed = withProperty(
        changed,
        [...metadata, map, at],
        metadata.length === 1 && map === "annotations" ? word : undefined,
      );
    }
  }
  return changed;
}

/** Whose a resource is: its word, or what its component publishes. */
export function serviceOf(resource: Resource): ServiceId {
  const published = resource.properties["service"];
  return wordOf(resource, "service") ?? (typeof published === "string" ? published : resource.name);
}

/** Workloads that serve: no placeholders, which only hold room. */
export function workloads(stack: readonly Resource[], ...types: readonly string[]): readonly Resource[] {
  return ofType(stack, ...types).filter((one) => wordOf(one, "role") !== "placeholder");
}

/** One mutant for each resource: the stack with the change made to it. */
export function eachOf(
  pick: (stack: readonly Resource[]) => readonly Resource[],
  change: (resource: Resource) => Resource | undefined,
  servicesOf: (resource: Resource) => readonly ServiceId[] = (resource) => [serviceOf(resource)],
): MutationKind["mutants"] {
  return function* (stack) {
    for (const one of pick(stack)) {
      const changed = change(one);
      const resources = changed === undefined ? without(stack, one) : replaced(stack, one, changed);
      yield { what: `${one.type} ${one.name}`, services: servicesOf(one), resources };
    }
  };
}

/** `login-seoul` of the answers `login-seoul` and `login-seoul-apne2-az1`. */
export const siteOfAnswer = ({ name }: Resource): string => name.split("-").slice(0, 2).join("-");
/** The service of an answer, by the name of its component. */
export const serviceOfAnswer = ({ name }: Resource): string => name.slice(0, name.indexOf("-"));

/** Every answer of one site changed alike, site by site: one of several zones is no more than a part of it. */
export function eachSite(
  select: (stack: readonly Resource[]) => readonly Resource[],
  change: (one: Resource, stack: readonly Resource[]) => Resource | undefined,
): MutationKind["mutants"] {
  return function* (stack) {
    const all = select(stack);
    for (const site of new Set(all.map(siteOfAnswer))) {
      const own = all.filter((one) => siteOfAnswer(one) === site);
      yield {
        what: `answers of ${site}`,
        services: [...new Set(own.map(serviceOfAnswer))],
        resources: stack.flatMap((one) => (own.includes(one) ? (change(one, stack) ?? []) : [one])),
      };
    }
  };
}
