/**
 * Dependencies between services: said in words, drawn as edges between resources, or given by a service's own parts.
 */
import type { Dependency, DependencyStrength, Layer, ServiceId, Urn } from "../../model";
import { byText } from "../../lib/order";

/** What a part is to the service that it is part of; undefined where the service goes on without it. */
export function strengthOfPart(layer: Layer): DependencyStrength | undefined {
  switch (layer) {
    case "compute":
    case "monitoring":
    case "tooling":
    case "vendor":
      return undefined;
    case "keys":
    case "secrets":
    case "registry":
      return "startup";
    case "store":
    case "cache":
    case "queue":
    case "identity":
    case "routing":
      return "hard";
    default:
      return layer satisfies never;
  }
}

export interface DependencyWord {
  readonly anyOf: readonly string[];
  readonly strength: DependencyStrength;
}

/**
 * One word of `duplex:depends-on`: `a`, `a|b` any one, `?a` soft, `^a` needed to start; undefined if it names nothing.
 */
export function parseDependency(word: string): DependencyWord | undefined {
  const mark = word[0];
  const strength = mark === "?" ? "soft" : mark === "^" ? "startup" : "hard";
  const names = (strength === "hard" ? word : word.slice(1))
    .split("|")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return names.length === 0 ? undefined : { anyOf: names, strength };
}

const strengths: readonly DependencyStrength[] = ["hard", "startup", "soft"];

/** The dependencies of one service, each once, sorted; a service does not depend on itself. */
export class DependencyList {
  readonly #list = new Map<string, Dependency>();
  readonly #owner: ServiceId;

  constructor(owner: ServiceId) {
    this.#owner = owner;
  }

  add(anyOf: readonly ServiceId[], strength: DependencyStrength, urn: Urn, property?: string): void {
    // With itself among the choices the dependency always holds.
    if (anyOf.length === 0 || anyOf.includes(this.#owner)) return;
    const sorted = [...new Set(anyOf)].sort(byText);
    const key = `${strengths.indexOf(strength)} ${sorted.join("|")}`;
    const evidence = property === undefined ? { urn } : { urn, property };
    if (!this.#list.has(key)) this.#list.set(key, { anyOf: sorted, strength, evidence });
  }

  get all(): readonly Dependency[] {
    return [...this.#list].sort(([a], [b]) => byText(a, b)).map(([, dependency]) => dependency);
  }
}
