/**
 * The operations of a resource provider, over plain values: what `server.ts` speaks on the wire and the tests call
 * alike.
 */
import { failure, Refusal, type InputFailure } from "../errors";
import type { Operation } from "../store/faults";
import { keyOf, type CloudObject } from "../store/object";
import type { Store } from "../store/store";
import { checkInputs, fixedSecrets } from "./check";
import { changesOf, type Change } from "./diff";
import { beforeCall, type Waiting } from "./faults";
import { makeObject, previewState } from "./make";
import { isAutomatic, namesOf } from "./naming";
import type { CloudFunction, Family, ResourceType, Settings } from "./resourceType";
import { equal, unwrap, UNKNOWN, wrap, type Path, type Properties, type Unwrapped } from "./values";

/** Time, from outside. */
export interface Surroundings extends Waiting {
  now(): Date;
}

export interface Checked {
  readonly inputs: Properties;
  readonly failures: readonly InputFailure[];
}

export interface Difference {
  readonly changes: readonly Change[];
  readonly deleteBeforeReplace: boolean;
}

export interface Answer {
  readonly id: string;
  readonly state: Properties;
}

export class SimulatedProvider {
  private config: Settings = { namespace: "default", defaultTags: {}, flags: new Set() };
  private readonly types: ReadonlyMap<string, ResourceType>;

  constructor(
    private readonly family: Family,
    private readonly store: Store,
    private readonly surroundings: Surroundings,
  ) {
    this.types = new Map(family.types.map((type) => [type.token, type]));
  }

  configure(config: Properties): void {
    this.config = this.family.settings(unwrap(config).properties);
  }

  checkConfig(config: Properties): readonly InputFailure[] {
    return this.family.checkConfig(unwrap(config).properties);
  }

  check(urn: string, olds: Properties | undefined, news: Properties): Checked {
    const type = this.types.get(typeOf(urn));
    if (!type) return { inputs: news, failures: [failure("notModelled", "", notModelled(this.family, typeOf(urn)))] };
    const given = unwrap(news);
    const old = olds && Object.keys(olds).length > 0 ? unwrap(olds).properties : undefined;
    if (old) this.acknowledgeOnly(urn, old);
    const { inputs, failures } = checkInputs(
      { urn, type, given: given.properties, old },
      { family: this.family, settings: this.config, store: this.store },
    );
    return { inputs: wrap(inputs, [...given.secrets, ...fixedSecrets(type, inputs)]), failures };
  }

  diff(urn: string, id: string, olds: { inputs?: Properties; state: Properties }, news: Properties): Difference {
    const type = this.typeOf(urn);
    const after = unwrap(news).properties;
    const state = unwrap(olds.state).properties;
    const before = olds.inputs ? unwrap(olds.inputs).properties : onlyKeys(state, Object.keys(after));
    const place = type.placeOf(state, this.config) ?? type.placeOf(before, this.config);
    this.acknowledge(type, place, id);
    const changes = changesOf(type, before, after, this.config.flags);
    const replaced = changes.some((change) => change.replaces);
    const automatic = type.naming !== undefined && isAutomatic(type.naming, after, urn);
    const sameNames = place !== undefined && shares(namesOf(type, before, place), namesOf(type, after, place));
    return {
      changes,
      deleteBeforeReplace: replaced && ((type.deleteBeforeReplace ?? false) || (sameNames && !automatic)),
    };
  }

  async create(urn: string, news: Properties, preview: boolean): Promise<Answer> {
    const type = this.typeOf(urn);
    const { properties: inputs, secrets } = unwrap(news);
    const place = type.placeOf(inputs, this.config);
    const request = {
      urn,
      type,
      inputs,
      secrets,
      settings: this.config,
      created: this.surroundings.now().toISOString(),
    };
    if (preview) {
      const state = previewState({ ...request, place: place ?? UNKNOWN }, this.store);
      return { id: "", state: wrap(state, allSecrets(type, state, secrets)) };
    }
    if (place === undefined) throw new Refusal("configuration", `${urn} stands nowhere: give it a region.`);
    await this.before(type, place, urn, "create");
    const made = this.store.change(() => {
      const orphan = this.store
        .ofUrn(urn)
        .find((each) => !each.acknowledged && each.type === type.token && each.place === place);
      return makeObject({ ...request, place, orphan }, this.store);
    });
    return { id: made.id, state: answerOf(type, made, secrets) };
  }

  async update(
    urn: string,
    id: string,
    olds: Properties,
    news: Properties,
    preview: boolean,
  ): Promise<{ readonly state: Properties }> {
    const type = this.typeOf(urn);
    const { properties: inputs, secrets } = unwrap(news);
    const place = this.placeOf(type, unwrap(olds).properties);
    const request = { urn, type, inputs, secrets, place, settings: this.config };
    const old = this.store.get({ type: type.token, place, id });
    if (preview) {
      const from = old ?? this.remembered(type, urn, place, id, unwrap(olds));
      const state = previewState({ ...request, created: "", old: from }, this.store);
      return { state: wrap(state, allSecrets(type, state, secrets)) };
    }
    await this.before(type, place, urn, "update");
    const made = this.store.change(() => {
      const current = this.store.get({ type: type.token, place, id });
      if (!current) throw new Refusal("notFound", `${type.token} ${id} does not exist in ${place}. Run a refresh.`);
      return makeObject({ ...request, created: "", old: { ...current, acknowledged: true } }, this.store);
    });
    return { state: answerOf(type, made, secrets) };
  }

  /** Undefined where the object does not exist: the engine then forgets it. */
  async read(
    urn: string,
    id: string,
    state: Properties,
    inputs: Properties,
  ): Promise<(Answer & { readonly inputs: Properties }) | undefined> {
    const type = this.typeOf(urn);
    const known = unwrap(state);
    // Version 7 of the AWS provider imports from another region by `<id>@<region>`.
    const [, plainId = id, region] = /^(.*)@([a-z]{2}(?:-[a-z]+)+-\d)$/.exec(id) ?? [];
    const place = type.placeOf(region ? { region } : known.properties, this.config);
    if (place === undefined) throw new Refusal("configuration", `${urn} stands nowhere: give the provider a region.`);
    await this.before(type, place, urn, "read");
    const stored = this.store.get({ type: type.token, place, id: plainId });
    if (!stored) return undefined;
    const object = { ...stored, state: { ...stored.state, ...type.refreshed?.(stored, this.store) } };
    this.acknowledge(type, place, plainId);
    const secrets = [...object.secrets, ...known.secrets, ...unwrap(inputs).secrets];
    return {
      id: object.id,
      state: answerOf(type, object, secrets),
      inputs: wrap(object.inputs, [...secrets, ...fixedSecrets(type, object.inputs)]),
    };
  }

  async delete(urn: string, id: string, state: Properties): Promise<void> {
    const type = this.typeOf(urn);
    const place = this.placeOf(type, unwrap(state).properties);
    await this.before(type, place, urn, "delete");
    this.store.change(() => {
      const object = this.store.get({ type: type.token, place, id });
      if (object) this.removeWithContents(type, object);
    });
  }

  invoke(token: string, args: Properties): Properties {
    const known: CloudFunction | undefined = this.family.functions[token];
    if (known) return known(unwrap(args).properties, this.config);
    const names = Object.keys(this.family.functions).sort().join(", ") || "none";
    throw new Refusal(
      "noFunction",
      `The simulated cloud does not model the function ${token}. It models: ${names}. Pass the value as configuration.`,
    );
  }

  private removeWithContents(type: ResourceType, object: CloudObject): void {
    type.mayDelete?.(object, this.store);
    const users = this.store.users(object);
    const holder = users.find((each) => each.bond === "holds");
    if (holder) {
      throw new Refusal(
        "inUse",
        `${type.token} ${object.id} cannot be deleted: ${holder.user.type} ${holder.user.id} in ${holder.user.place} ` +
          `still uses it. Delete that first.`,
      );
    }
    for (const { user, bond } of users) {
      const userType = this.types.get(user.type);
      if (bond === "dies" && userType) this.removeWithContents(userType, user);
    }
    this.store.remove(keyOf(object));
  }

  private async before(type: ResourceType, place: string, urn: string, operation: Operation): Promise<void> {
    const call = { type: type.token, urn, operation, place };
    await beforeCall(call, this.family, this.store, this.surroundings);
  }

  private typeOf(urn: string): ResourceType {
    const type = this.types.get(typeOf(urn));
    if (!type) throw new Refusal("notModelled", notModelled(this.family, typeOf(urn)));
    return type;
  }

  private placeOf(type: ResourceType, properties: Properties): string {
    return type.placeOf(properties, this.config) ?? "?";
  }

  private acknowledge(type: ResourceType, place: string | undefined, id: string): void {
    const key = { type: type.token, place: place ?? "?", id };
    if (this.store.get(key)?.acknowledged !== false) return;
    this.store.change(() => {
      const object = this.store.get(key);
      if (object && !object.acknowledged) this.store.put({ ...object, acknowledged: true });
    });
  }

  /**
   * Check comes with old inputs for a resource that the engine knows, also where no Diff follows (`up --replace`). The
   * one object of that URN with those inputs is then known, and its replacement may not take it over.
   */
  private acknowledgeOnly(urn: string, old: Properties): void {
    const [only, ...others] = this.store.ofUrn(urn);
    if (!only || others.length > 0 || only.acknowledged || !equal(only.inputs, old)) return;
    this.store.change(() => this.store.put({ ...only, acknowledged: true }));
  }

  /** The object as the engine remembers it, for the preview of an update to one that is gone. */
  private remembered(type: ResourceType, urn: string, place: string, id: string, olds: Unwrapped): CloudObject {
    const { properties: state, secrets } = olds;
    const base = { type: type.token, place, id, urn, acknowledged: true, serial: 0, revision: 0 };
    return { ...base, inputs: state, state, secrets, names: [], handles: [], uses: [] };
  }
}

function answerOf(type: ResourceType, object: CloudObject, secrets: readonly Path[]): Properties {
  return wrap(object.state, allSecrets(type, object.state, [...object.secrets, ...secrets]));
}

function allSecrets(type: ResourceType, properties: Properties, secrets: readonly Path[]): readonly Path[] {
  return [...secrets, ...fixedSecrets(type, properties)];
}

function notModelled(family: Family, token: string): string {
  return (
    `The simulated cloud does not model ${token}. It models ${family.types.length} types of ${family.name}: see ` +
    `docs/simulator.md. Leave the resource out, or deploy to the real cloud.`
  );
}

function shares(left: readonly string[], right: readonly string[]): boolean {
  return left.some((each) => right.includes(each));
}

function onlyKeys(properties: Properties, keys: readonly string[]): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => keys.includes(key)));
}

/** The type token within a URN: the last part of its chain of types. */
function typeOf(urn: string): string {
  const chain = urn.split("::")[2] ?? "";
  return chain.slice(chain.lastIndexOf("$") + 1);
}
