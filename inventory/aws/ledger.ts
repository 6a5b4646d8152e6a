/** The ledger of properties of all families, composed. */
import analytics from "./analytics/ledger.json";
import balancing from "./balancing/ledger.json";
import cache from "./cache/ledger.json";
import compute from "./compute/ledger.json";
import containers from "./containers/ledger.json";
import databases from "./databases/ledger.json";
import dns from "./dns/ledger.json";
import edge from "./edge/ledger.json";
import files from "./files/ledger.json";
import identity from "./identity/ledger.json";
import keys from "./keys/ledger.json";
import keyValue from "./keyvalue/ledger.json";
import messaging from "./messaging/ledger.json";
import network from "./network/ledger.json";
import objects from "./objects/ledger.json";
import serverless from "./serverless/ledger.json";
import streams from "./streams/ledger.json";
import type { LedgerRow } from "../ledger/row";

const families: readonly Readonly<Record<string, LedgerRow>>[] = [
  analytics,
  balancing,
  cache,
  compute,
  containers,
  databases,
  dns,
  edge,
  files,
  identity,
  keys,
  keyValue,
  messaging,
  network,
  objects,
  serverless,
  streams,
];

/** The rows of every type, such as `aws:lb/targetGroup:TargetGroup`. */
export const awsLedger: ReadonlyMap<string, LedgerRow> = new Map(families.flatMap((family) => Object.entries(family)));
