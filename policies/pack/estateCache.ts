/** The estate of a request, read once and judged by all policies. */
import { isRecord } from "../../lib/records";
import { readEstate } from "../../inventory";
import { fromPolicyResources, type PolicyResourceLike } from "../../inventory/sources/policyResources";
import { catalogue } from "../catalogue";
import { createEstateJudge, type EstateJudge, type PolicySettings } from "../judge";
import { deserializedKey } from "./deserializedKey";
import type { EnforcementLevel, Policy } from "../policy";
import { estateKey, parseSettings, refuseUnloadedRules, type Settings } from "../settings";
import { refuseUnmatched } from "../settingsNames";

/** Cannot be while the SDK runs a request's policies in one go; if that changes, nothing may pass unread. */
const lostReading =
  "The policies of one request must share one reading of the stack, and it was lost between two of them. " +
  "This is a defect of the pack: please report it.";

interface Reading {
  readonly urns: readonly string[];
  readonly result: EstateJudge | Error;
}

/**
 * Keeps one reading for as long as one request of the engine lasts. The SDK makes every policy's resources anew, so
 * objects cannot tell a request; but it runs all policies of a request without returning to the event loop, so a
 * reading is dropped as soon as the loop goes on. A preview's values can therefore never answer for an update.
 */
export class EstateCache {
  readonly #today: () => string;
  readonly #stackSettings: () => unknown;
  readonly #levelOf: (policy: string) => EnforcementLevel | undefined;
  #estate: Readonly<Record<string, unknown>> | undefined;
  #settings: Settings | Error | undefined;
  #reading: Reading | undefined;
  #rules: readonly Policy[] | Error = [];

  constructor(
    today: () => string,
    stackSettings: () => unknown = () => undefined,
    levelOf: (policy: string) => EnforcementLevel | undefined = () => undefined,
  ) {
    this.#today = today;
    this.#stackSettings = stackSettings;
    this.#levelOf = levelOf;
  }

  /** True once the policy `estate` has run: it reports what cannot be read. */
  get configured(): boolean {
    return this.#estate !== undefined;
  }

  /** Takes the settings of `estate` out of the policy configuration; they win over the stack's. */
  configure(estate: Readonly<Record<string, unknown>>): void {
    this.#estate = estate;
    this.#settings = undefined;
    this.#reading = undefined;
  }

  /** Takes rules of one's own, whose names settings may use; what `load` throws is what cannot be read. */
  loadRules(load: () => readonly Policy[]): readonly Policy[] {
    this.#rules = attempt(load);
    this.#settings = undefined;
    this.#reading = undefined;
    return this.#rules instanceof Error ? [] : this.#rules;
  }

  /** The estate of these resources, ready to be judged; an error where it cannot be read. */
  read(resources: readonly PolicyResourceLike[]): EstateJudge | Error {
    const current = this.#reading;
    if (current && sameUrns(current.urns, resources)) return current.result;
    const result = attempt(() => this.#open(resources));
    this.#reading = { urns: resources.map(({ urn }) => urn), result };
    setImmediate(() => (this.#reading = undefined));
    return result;
  }

  /** A policy's settings: the engine's over the stack configuration's. */
  settingsOf(policy: Policy, given: Readonly<Record<string, unknown>>): PolicySettings | Error {
    const stack = this.#parsed();
    if (stack instanceof Error) return stack;
    const own = attempt(
      () => parseSettings({ [policy.name]: given }, undefined, [policy]).judge.policies?.[policy.name] ?? {},
    );
    if (own instanceof Error) return own;
    const base = stack.judge.policies?.[policy.name];
    const config = { ...own.config, ...base?.config, ...changed(policy, own) };
    const level = this.#levelOf(policy.name);
    // As a file's entry on the command line: a level of the engine's leaves nothing of the stack's for single tiers.
    const levels = own.levels ?? (level === undefined ? base?.levels : undefined);
    return { level: level ?? base?.level, levels, config };
  }

  #open(resources: readonly PolicyResourceLike[]): EstateJudge {
    if (resources.some(({ props }) => Object.hasOwn(props, deserializedKey))) throw new Error(lostReading);
    const settings = this.#parsed();
    if (settings instanceof Error) throw settings;
    const estate = readEstate(fromPolicyResources(resources), settings.inventory);
    refuseUnmatched(estate, settings);
    return createEstateJudge(estate, { ...settings.judge, today: this.#today(), catalogue: this.#known() });
  }

  #known(): readonly Policy[] {
    if (this.#rules instanceof Error) throw this.#rules;
    return this.#rules.length === 0 ? catalogue : [...catalogue, ...this.#rules];
  }

  #parsed(): Settings | Error {
    this.#settings ??= attempt(() => {
      const known = this.#known();
      // The engine tells these when it has the list of policies already.
      refuseUnloadedRules({ [estateKey]: this.#estate }, "the pack's configuration", known);
      const given = this.#stackSettings();
      if (given !== undefined && !isRecord(given)) return parseSettings(given, "duplex:policies", known);
      const stack = given ?? {};
      const fromStack = isRecord(stack[estateKey]) ? stack[estateKey] : {};
      return parseSettings({ ...stack, [estateKey]: { ...fromStack, ...this.#estate } }, undefined, known);
    });
    return this.#settings;
  }
}

/**
 * Knobs that differ from their defaults: the engine fills defaults in, and a default must not undo the stack's setting.
 */
function changed(policy: Policy, own: PolicySettings): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(own.config ?? {}).filter(([name, value]) => policy.config[name]?.default !== value),
  );
}

function sameUrns(urns: readonly string[], resources: readonly { readonly urn: string }[]): boolean {
  return urns.length === resources.length && resources.every(({ urn }, index) => urn === urns[index]);
}

function attempt<T>(run: () => T): T | Error {
  try {
    return run();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
