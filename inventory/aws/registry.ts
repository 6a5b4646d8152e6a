/**
 * The tables of all families, composed: whatever asks something of a type of AWS asks here. Data alone: the readers are
 * composed in `readers.ts`, and know nothing of this.
 */
import analytics from "./analytics/types.json";
import backup from "./backup/types.json";
import balancing from "./balancing/types.json";
import cache from "./cache/types.json";
import compute from "./compute/types.json";
import containers from "./containers/types.json";
import databases from "./databases/types.json";
import dns from "./dns/types.json";
import edge from "./edge/types.json";
import files from "./files/types.json";
import hybrid from "./hybrid/types.json";
import identity from "./identity/types.json";
import keys from "./keys/types.json";
import keyValue from "./keyvalue/types.json";
import management from "./management/types.json";
import messaging from "./messaging/types.json";
import network from "./network/types.json";
import objects from "./objects/types.json";
import platforms from "./platforms/types.json";
import quotas from "./quotas/types.json";
import recoveryControl from "./recoverycontrol/types.json";
import security from "./security/types.json";
import serverless from "./serverless/types.json";
import streams from "./streams/types.json";
import watching from "./watching/types.json";
import { Rows } from "../rows";
import type { FamilyTable, TypeRow } from "./table";

/** By family: the name of its folder. */
export const awsTables: Readonly<Record<string, FamilyTable>> = {
  analytics,
  backup,
  balancing,
  cache,
  compute,
  containers,
  databases,
  dns,
  edge,
  files,
  hybrid,
  identity,
  keys,
  keyvalue: keyValue,
  management,
  messaging,
  network,
  objects,
  platforms,
  quotas,
  recoverycontrol: recoveryControl,
  security,
  serverless,
  streams,
  watching,
};

const rows = new Rows<TypeRow>(Object.values(awsTables).map(({ types }) => types));

/** Every type that a table lists, sorted. */
export const awsTypes: readonly string[] = rows.names;

/** The row of a type, such as `aws:sqs/queue:Queue`; undefined where no table lists it. */
export function rowOf(type: string): TypeRow | undefined {
  return rows.get(type);
}

/** What rows have under a key, by type, sorted. */
export function typesWith<K extends keyof TypeRow>(key: K): ReadonlyMap<string, NonNullable<TypeRow[K]>> {
  return rows.having(key);
}

/** `sqs` of `aws:sqs/queue:Queue`; empty for what is no type of AWS. */
export function moduleOf(type: string): string {
  return /^aws:([^/:]+)\//.exec(type)?.[1] ?? "";
}

/** Why a type places nothing, as a key of `reasons.json`; undefined where it may place something. */
export function placesNothing(type: string): string | undefined {
  const row = rows.get(type);
  return row === undefined ? nothingModules.get(moduleOf(type)) : row.nothing;
}

/** Modules of which every type places nothing but those that a table says otherwise of, with the reason. */
export const nothingModules: ReadonlyMap<string, string> = new Map(
  Object.values(awsTables).flatMap(({ modules = {} }) => Object.entries(modules)),
);
