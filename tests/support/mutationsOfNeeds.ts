/** Mutations of what services need, of what is said about them, and of the sites that they stand in. */
import type { Resource, Value } from "../../inventory/resource";
import {
  deployment,
  get,
  ofType,
  replaced,
  serviceOf,
  withProperty,
  withWord,
  wordOf,
  workloads,
  type Mutant,
  type MutationKind,
} from "./mutations";

const facilities = ["pangyo", "chuncheon", "anyang", "ansan"];
const component = "duplex:service:ActiveActiveService";
const services = (stack: readonly Resource[]) => ofType(stack, component);
export const strict = (stack: readonly Resource[]) =>
  services(stack).filter(({ properties }) => properties["tier"] !== "standard");
const critical = (stack: readonly Resource[]) =>
  services(stack).filter(({ properties }) => properties["tier"] === "critical");

/** One more word in the list of what a service needs. */
function needing(stack: readonly Resource[], service: Resource, word: string): readonly Resource[] {
  const more = withProperty(service, ["dependsOn"], (found) => [
    ...(Array.isArray(found) ? (found as readonly Value[]) : []),
    word,
  ]);
  return replaced(stack, service, more);
}

/** Each service with one more need, of each of these kinds of word. */
const needs = (
  pick: (stack: readonly Resource[]) => readonly Resource[],
  wordsFor: (service: Resource, stack: readonly Resource[]) => readonly string[],
) =>
  function* (stack: readonly Resource[]): Generator<Mutant> {
    for (const one of pick(stack)) {
      for (const word of wordsFor(one, stack)) {
        yield {
          what: `${one.name} needs ${word}`,
          services: [one.name, word.replace(/^[?^]/, "")],
          resources: needing(stack, one, word),
        };
      }
    }
  };

/** Each service with a need of something new that stands in one building, whatever it is for. */
const text = (value: Value) => (typeof value === "string" ? value : "");

const needsInOneSite = (pick: (stack: readonly Resource[]) => readonly Resource[], mark: string, layer: string) =>
  function* (stack: readonly Resource[]): Generator<Mutant> {
    for (const one of pick(stack)) {
      for (const site of facilities) {
        const name = `${layer}-alone`;
        const alone = aloneIn(stack, site, name, layer, text(one.properties["tier"]));
        yield {
          what: `${one.name} needs ${mark}${name} in ${site}`,
          services: [one.name],
          resources: [...needing(stack, one, `${mark}${name}`), alone],
        };
      }
    }
  };

/** A deployment in one building, otherwise like those that are there. */
function aloneIn(stack: readonly Resource[], site: string, name: string, layer: string, tier: string): Resource {
  const like = workloads(stack, deployment).find((one) => one.name.endsWith(site));
  if (like === undefined) throw new Error(`No deployment stands in ${site}.`);
  const words = { service: name, layer, tier, "depends-on": undefined, "peak-rps": undefined, "unit-rps": undefined };
  const { parent: _, ...said } = Object.entries(words).reduce((at, [key, word]) => withWord(at, key, word), like);
  const renamed = withProperty(
    withProperty(said, ["metadata", "name"], name),
    ["metadata", "labels", "app.kubernetes.io/name"],
    name,
  );
  return { ...renamed, name: `${name}-${site}`, urn: `${like.urn}-${name}` };
}

/** A line of the configuration, as every resource of the service repeats it. */
export const everywhere = (
  pick: (stack: readonly Resource[]) => readonly Resource[],
  changes: readonly ((one: Resource) => Resource)[],
) =>
  function* (stack: readonly Resource[]): Generator<Mutant> {
    for (const { name, properties } of pick(stack)) {
      for (const [index, change] of changes.entries()) {
        const resources = stack.map((one) => (serviceOf(one) === name ? change(one) : one));
        yield {
          what: `${name} (${text(properties["tier"])}), way ${index + 1}`,
          services: [name, `${name}-data`],
          resources,
        };
      }
    }
  };

/** Taken from, or put into, what the components publish as well as the words on the resources. */
export const stated = (key: string, property: string, change: (found: Value) => Value) => (one: Resource) => {
  const published = one.properties[property] === undefined || !one.type.startsWith("duplex:");
  const changed = published ? one : withProperty(one, [property], change);
  const word = wordOf(one, key);
  const next = change(word);
  return word === undefined
    ? changed
    : withWord(changed, key, next === undefined ? undefined : typeof next === "number" ? `${next}` : text(next));
};

const times = (factor: number) => (found: Value) => Number(found) * factor;

/** One fact of one site changed, as its component publishes it. */
export const site = (name: string, property: string, value: Value, of: readonly string[]) =>
  function* (stack: readonly Resource[]): Generator<Mutant> {
    const one = ofType(stack, "duplex:site:Site").find((candidate) => candidate.name === name);
    if (one === undefined) throw new Error(`No site ${name}.`);
    const resources = replaced(stack, one, withProperty(one, ["site", property], value));
    yield { what: `${name}: ${property} = ${JSON.stringify(value)}`, services: of, resources };
  };

const main = ["messenger", "login", "pay"];
const oneSite = ["single-facility", "single-power-domain", "least-copies"];

export const needMutations: readonly MutationKind[] = [
  {
    name: "a need that one vendor alone meets",
    expects: ["single-vendor", "third-party-login"],
    mutants: needs(critical, () => ["google-login", "apple-login"]),
  },
  {
    name: "a need of a laxer tier",
    expects: ["tier-inheritance"],
    mutants: needs(strict, ({ properties }, stack) =>
      services(stack)
        .filter(
          (other) =>
            other.properties["tier"] === "standard" ||
            (other.properties["tier"] === "important" && properties["tier"] === "critical"),
        )
        .map(({ name }) => name),
    ),
  },
  {
    name: "a need that starts in a circle",
    expects: ["startup-cycle"],
    mutants: needs(
      (stack) => services(stack).filter(({ name }) => name === "login" || name === "pay"),
      ({ name }) => (name === "login" ? ["^messenger", "^pay"] : ["^gift", "^shopping"]),
    ),
  },
  { name: "a hard need in one building", expects: oneSite, mutants: needsInOneSite(services, "", "cache") },
  {
    name: "an identity service in one building",
    expects: ["third-party-login", ...oneSite],
    mutants: needsInOneSite(strict, "", "identity"),
  },
  {
    name: "a registry in one building",
    expects: ["startup-in-one-site"],
    mutants: needsInOneSite(strict, "^", "registry"),
  },
  { name: "keys in one building", expects: ["startup-in-one-site"], mutants: needsInOneSite(strict, "^", "keys") },
  {
    name: "failover tooling in one building",
    expects: ["failover-tooling"],
    mutants: needsInOneSite(strict, "?", "tooling"),
  },
  {
    name: "monitoring in one building",
    expects: ["monitoring-inside"],
    mutants: needsInOneSite(strict, "?", "monitoring"),
  },
  { name: "a queue in one building", expects: ["intake-inside"], mutants: needsInOneSite(strict, "?", "queue") },
  {
    name: "a peak above what was planned",
    expects: ["reserve-n-minus-1", "serves-at-peak"],
    mutants: everywhere(
      services,
      [1.01, 1.5, 3].map((factor) => stated("peak-rps", "peakRps", times(factor))),
    ),
  },
  {
    name: "no peak demand stated",
    expects: ["undeclared-demand"],
    mutants: everywhere(
      (stack) => strict(stack).filter(({ name }) => name !== "login"),
      [stated("peak-rps", "peakRps", () => undefined)],
    ),
  },
  {
    name: "no owner",
    expects: ["undeclared-owner"],
    mutants: everywhere(strict, [stated("owner", "owner", () => undefined)]),
  },
  {
    name: "no tier",
    expects: ["undeclared-tier"],
    mutants: everywhere(
      (stack) => services(stack).filter(({ name }) => name !== "login" && name !== "pay" && name !== "messenger"),
      [stated("tier", "tier", () => undefined)],
    ),
  },
  {
    name: "a critical need tagged standard",
    expects: ["tier-inheritance"],
    mutants: everywhere(
      (stack) => critical(stack).filter(({ name }) => name === "login"),
      [stated("tier", "tier", () => "standard"), stated("tier", "tier", () => "important")],
    ),
  },
  {
    name: "a recovery point that nothing keeps",
    expects: ["rpo-objective"],
    mutants: everywhere(critical, [
      stated("rpo-seconds", "objectives", (found) =>
        typeof found === "string" ? "1" : { rtoSeconds: get(found, ["rtoSeconds"]), leastShare: 1, rpoSeconds: 1 },
      ),
    ]),
  },
  {
    name: "two facilities in one building",
    expects: oneSite,
    mutants: site("anyang", "facility", "chuncheon", ["mobility", "gift"]),
  },
  {
    name: "two facilities on one power feed",
    expects: ["single-power-domain", "least-copies"],
    mutants: site("anyang", "powerFeeds", ["pangyo-building"], ["shopping", "ads"]),
  },
  {
    name: "two facilities in one region",
    expects: ["single-region"],
    mutants: site("chuncheon", "region", "capital-area", ["mobility"]),
  },
  {
    name: "a facility run by the cloud's operator",
    expects: ["single-operator", "reserve-n-minus-1"],
    mutants: site("chuncheon", "operator", "aws", main),
  },
  {
    name: "another facility run by the cloud's operator",
    expects: ["single-operator", "reserve-n-minus-1"],
    mutants: site("ansan", "operator", "aws", main),
  },
  {
    name: "a region in the other's hazard zone",
    expects: ["single-hazard-zone", "reserve-n-minus-1"],
    mutants: site("tokyo", "hazards", ["seoul-metropolitan-earthquake"], main),
  },
  {
    name: "a facility in the others' hazard zone",
    expects: ["single-hazard-zone", "reserve-n-minus-1"],
    mutants: site("chuncheon", "hazards", ["seoul-metropolitan-earthquake"], main),
  },
];
