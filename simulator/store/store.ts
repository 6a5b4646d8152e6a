/**
 * The store of the simulated cloud: one LMDB file that the provider processes share. A write transaction holds LMDB's
 * writer lock across all of them, so that "is the name free" and "take the name" are one step; it is on disk when it
 * returns.
 */
import { createHash, randomBytes } from "node:crypto";
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { open, type Key, type RootDatabase } from "lmdb";
import { Refusal } from "../errors";
import { matches, type Call, type Fault, type PlaceKind } from "./faults";
import { anywhere, keyOf, sameKey, type CloudObject, type ObjectKey, type Use } from "./object";

/** Grows when a record's shape changes; a store of another version is refused, never misread. */
const storeVersion = 1;

export interface StoreStamp {
  readonly version: number;
  readonly cloud: "SIMULATED";
  /** Drawn once; random values derive from it. */
  readonly seed: string;
}

/** Reads and, inside of `change`, writes. All indexes are kept here, so that no caller can forget one. */
export class Store {
  /** Nobody can guess it from what is in the program. */
  readonly seed: string;
  private readonly db: RootDatabase<unknown>;

  /**
   * @param folder where the store is; made, for its owner alone, where it does not exist: it holds secrets in the
   * clear.
   */
  constructor(folder: string) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      chmodSync(folder, 0o700);
      // Without overlapping syncs a transaction returns when it is on disk: what the engine was told, no power cut
      // undoes.
      this.db = open<unknown>({
        path: join(folder, "cloud.mdb"),
        encoding: "json",
        overlappingSync: false,
        mapSize: 1 << 30,
      });
    } catch (error) {
      throw new Refusal("noStore", `The simulated cloud's store cannot be opened in ${folder}: ${String(error)}.`);
    }
    this.seed = this.checkStamp(folder).seed;
  }

  private checkStamp(folder: string): StoreStamp {
    const found = this.read<StoreStamp>(["stamp"]);
    if (found && found.version !== storeVersion) {
      void this.db.close();
      throw new Refusal(
        "storeVersion",
        `The simulated cloud in ${folder} was written as version ${found.version}; this program reads version ` +
          `${storeVersion}. Destroy the stack with the program that made it, or give another folder.`,
      );
    }
    return found ?? this.change(() => this.firstStamp());
  }

  /** Two processes may open a new store at once: the second finds the first one's stamp. */
  private firstStamp(): StoreStamp {
    const existing = this.read<StoreStamp>(["stamp"]);
    if (existing) return existing;
    const stamp: StoreStamp = { version: storeVersion, cloud: "SIMULATED", seed: randomBytes(32).toString("hex") };
    this.write(["stamp"], stamp);
    return stamp;
  }

  /** Runs one atomic change. What is thrown inside takes all of it back. */
  change<T>(action: () => T): T {
    return this.db.transactionSync(action);
  }

  async close(): Promise<void> {
    await this.db.close();
  }

  get(key: ObjectKey): CloudObject | undefined {
    return this.read<CloudObject>(objectKey(key));
  }

  /** All objects, or those of one type, in the order of type, place and id. */
  *objects(type?: string): Generator<CloudObject> {
    const prefix = type === undefined ? ["object"] : ["object", type];
    for (const { value } of this.range(prefix)) yield value as CloudObject;
  }

  /** Objects that a URN has made and that still exist. */
  ofUrn(urn: string): readonly CloudObject[] {
    return this.keysUnder(["urn", digest(urn)]).flatMap((key) => this.get(key) ?? []);
  }

  /** The object of one of the types that a value (id, ARN, name) stands for. An ARN is found wherever it is. */
  find(types: readonly string[], place: string, value: string): CloudObject | undefined {
    for (const type of types) {
      for (const where of [place, "global"]) {
        const direct = this.get({ type, place: where, id: value });
        if (direct) return direct;
      }
      for (const handle of [
        handleKey({ type, place }, value),
        handleKey({ type, place: "global" }, value),
        handleKey({ type, place }, anywhere(value)),
      ]) {
        const key = this.read<ObjectKey>(handle);
        const object = key && this.get(key);
        if (object) return object;
      }
    }
    return undefined;
  }

  /** Whoever holds a name. */
  holder(name: string): CloudObject | undefined {
    const key = this.read<ObjectKey>(["name", digest(name)]);
    return key && this.get(key);
  }

  /** Objects that use this one, with how. */
  users(target: ObjectKey): readonly { readonly user: CloudObject; readonly bond: Use["bond"] }[] {
    return this.keysUnder(["use", digest(identity(target))]).flatMap((key) => {
      const user = this.get(key);
      const use = user?.uses.find((each) => sameKey(each.target, target));
      return user && use ? [{ user, bond: use.bond }] : [];
    });
  }

  nextSerial(): number {
    const serial = (this.read<number>(["serial"]) ?? 0) + 1;
    this.write(["serial"], serial);
    return serial;
  }

  /** Writes an object and its indexes. Only inside of `change`. */
  put(object: CloudObject): void {
    const old = this.get(object);
    if (old) this.unindex(old);
    this.write(objectKey(object), object);
    this.write(["urn", digest(object.urn), digest(identity(object))], keyOf(object));
    for (const name of object.names) this.write(["name", digest(name)], keyOf(object));
    for (const handle of object.handles) this.write(handleKey(object, handle), keyOf(object));
    for (const use of object.uses) this.write(useKey(use, object), keyOf(object));
  }

  /** Removes an object and its indexes. Only inside of `change`. */
  remove(key: ObjectKey): void {
    const old = this.get(key);
    if (!old) return;
    this.unindex(old);
    this.db.removeSync(objectKey(key));
  }

  /** Takes the fault for this call, counting it down. */
  takeFault(call: Call): Fault | undefined {
    if (!this.faults().some(({ fault }) => matches(fault.target, call))) return undefined;
    return this.change(() => {
      const taken = this.faults().find(({ fault }) => matches(fault.target, call));
      if (!taken) return undefined;
      if (taken.fault.remaining > 1) this.write(taken.key, { ...taken.fault, remaining: taken.fault.remaining - 1 });
      else this.db.removeSync(taken.key);
      return taken.fault;
    });
  }

  addFault(fault: Fault): void {
    this.change(() => this.write(["fault", this.nextSerial()], fault));
  }

  isLost(kind: PlaceKind, name: string): boolean {
    return this.read(["lost", kind, name]) === true;
  }

  setLost(kind: PlaceKind, name: string, lost: boolean): void {
    this.change(() => (lost ? this.write(["lost", kind, name], true) : this.db.removeSync(["lost", kind, name])));
  }

  lostPlaces(): readonly { readonly kind: PlaceKind; readonly name: string }[] {
    return this.range(["lost"]).map(({ key }) => ({ kind: String(key[1]) as PlaceKind, name: String(key[2]) }));
  }

  private faults(): readonly { readonly key: Key[]; readonly fault: Fault }[] {
    return this.range(["fault"]).map(({ key, value }) => ({ key, fault: value as Fault }));
  }

  private unindex(object: CloudObject): void {
    this.db.removeSync(["urn", digest(object.urn), digest(identity(object))]);
    for (const name of object.names) this.db.removeSync(["name", digest(name)]);
    for (const handle of object.handles) this.db.removeSync(handleKey(object, handle));
    for (const use of object.uses) this.db.removeSync(useKey(use, object));
  }

  private keysUnder(prefix: readonly Key[]): readonly ObjectKey[] {
    return this.range(prefix).map(({ value }) => value as ObjectKey);
  }

  private range(prefix: readonly Key[]): readonly { readonly key: Key[]; readonly value: unknown }[] {
    const found: { key: Key[]; value: unknown }[] = [];
    for (const { key, value } of this.db.getRange({ start: [...prefix] })) {
      if (!Array.isArray(key) || prefix.some((each, index) => key[index] !== each)) break;
      found.push({ key, value });
    }
    return found;
  }

  private read<T>(key: Key): T | undefined {
    return this.db.get(key) as T | undefined;
  }

  private write(key: Key, value: unknown): void {
    this.db.putSync(key, value);
  }
}

function objectKey({ type, place, id }: ObjectKey): Key {
  // LMDB's keys end at 1,978 bytes; an id can be an ARN in an ARN, so long ones stand by their digest.
  return ["object", type, place, id.length > 500 ? digest(id) : id];
}

function handleKey({ type, place }: Omit<ObjectKey, "id">, handle: string): Key {
  return ["handle", type, handle === anywhere(handle) || handle.startsWith("*:") ? "*" : place, digest(handle)];
}

function useKey(use: Use, user: ObjectKey): Key {
  return ["use", digest(identity(use.target)), digest(identity(user))];
}

function identity({ type, place, id }: ObjectKey): string {
  return JSON.stringify([type, place, id]);
}

function digest(value: string): string {
  return createHash("sha256").update(value).digest("hex").slice(0, 40);
}
