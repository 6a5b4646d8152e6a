/** A hand at the console: what it changes behind the engine's back, and what drift detection has to say of it. */
import type { DriftClass } from "../../../drift";
import type { Cloud, CloudObject } from "../../../simulator/control";
import type { Properties, Value } from "../../../simulator/engine/values";

export interface DriftCase {
  readonly what: string;
  /** Judged by a person, by what the tier has to survive (docs/policies/README.md). `none`: no drift at all. */
  readonly expects: DriftClass | "none";
  readonly because: string;
  readonly change: (cloud: Cloud) => void;
}

export type Hand = DriftCase["change"];

/** An object by the end of its URN, such as `Deployment::login-ansan`. */
export function objectOf(cloud: Cloud, end: string): CloudObject {
  const [found, ...others] = cloud.list().filter(({ urn }) => urn.endsWith(`:${end}`));
  if (!found || others.length > 0)
    throw new Error(`The simulated cloud has ${others.length} objects more than ${end}.`);
  return found;
}

/** Sets properties; null takes one away, objects are merged, lists are replaced. */
export function set(end: string, properties: Properties | ((inputs: Properties, cloud: Cloud) => Properties)): Hand {
  return (cloud) => {
    const found = objectOf(cloud, end);
    const change = typeof properties === "function" ? properties(found.inputs, cloud) : properties;
    cloud.drift(found, change);
  };
}

/** Zones of Seoul, each with an answer and a health check of its own. */
const zonesOfSeoul = ["apne2-az1", "apne2-az2", "apne2-az3"] as const;

/** Sets properties of what stands once for each zone of Seoul. */
export function ofSeoul(type: "Record" | "HealthCheck", properties: Properties): Hand {
  return all(...zonesOfSeoul.map((zone) => set(`${type}::login-seoul-${zone}`, properties)));
}

export const withoutAnswersOfSeoul = gone(...zonesOfSeoul.map((zone) => `Record::login-seoul-${zone}`));

export function gone(...ends: readonly string[]): Hand {
  return (cloud) => ends.forEach((end) => cloud.remove(objectOf(cloud, end)));
}

export function all(...hands: readonly Hand[]): Hand {
  return (cloud) => hands.forEach((hand) => hand(cloud));
}

/** The same list in another order. */
export function turned(end: string, key: string): Hand {
  return set(end, (inputs) => ({ [key]: [...listAt(inputs, key)].reverse() }));
}

export function listAt(value: Value | undefined, key: string): readonly Value[] {
  const found = memberOf(value, key);
  if (!Array.isArray(found) || found.length === 0) throw new Error(`There is no list ${key} to change.`);
  return found as readonly Value[];
}

function memberOf(value: Value | undefined, key: string): Value | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Properties)[key] : undefined;
}

/** The object at a path of keys; empty where there is none. */
export function objectAt(value: Value | undefined, ...path: readonly string[]): Properties {
  const found = path.reduce<Value | undefined>(memberOf, value);
  return typeof found === "object" && found !== null && !Array.isArray(found) ? (found as Properties) : {};
}

/** Settings of a workload's pods. */
export function pods(end: string, spec: Properties): Hand {
  return set(end, { spec: { template: { spec } } });
}

/** Settings of the one container of a workload's pods. */
export function container(end: string, change: (container: Properties) => Properties): Hand {
  return set(end, (inputs) => {
    const spec = objectAt(inputs, "spec", "template", "spec");
    const containers = listAt(spec, "containers").map((each) => ({
      ...(each as Properties),
      ...change(each as Properties),
    }));
    return { spec: { template: { spec: { containers } } } };
  });
}

/** A list of one object, such as a rule of a backup plan, with some of its fields set. */
export function onlyMember(end: string, key: string, change: (member: Properties) => Properties): Hand {
  return set(end, (inputs) => ({ [key]: listAt(inputs, key).map((each) => ({ ...(each as Properties), ...change(each as Properties) })) })); // prettier-ignore
}

/** No backup of the table but those of the plan. */
export const withoutPointInTime = set("Table::login-data", (inputs) => ({
  pointInTimeRecovery: { enabled: false },
  replicas: listAt(inputs, "replicas").map((copy) => ({ ...(copy as Properties), pointInTimeRecovery: false })),
}));
