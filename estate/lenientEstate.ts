/**
 * A lenient reading of a configuration: the names and references that are there, whatever else is wrong. The cross
 * checks work on it, so that they report their mistakes in the same run as the schema's.
 */
import { isRecord } from "../lib/records";
import type { Path } from "./source";

/** A text with the path that it stands at. */
export interface Named {
  readonly text: string;
  readonly path: Path;
}

type Fields = Readonly<Record<string, unknown>>;

export interface LenientSite {
  readonly path: Path;
  /** The site as it is written. */
  readonly value: Fields;
  readonly name?: Named;
  readonly kind?: string;
  readonly region?: Named;
  readonly zoneIds: readonly Named[];
  /** The stretched cluster that the site names. */
  readonly cluster?: Named;
  /**
   * The cluster's context in the kubeconfig; the cluster's or the site's name unless it is said. Undefined for a cloud
   * site.
   */
  readonly context?: Named;
}

export interface LenientDependency {
  readonly path: Path;
  readonly anyOf: readonly Named[];
  readonly strength?: string;
}

export interface LenientService {
  readonly path: Path;
  /** The service as it is written. */
  readonly value: Fields;
  /** What it is to others, such as internal. */
  readonly kind: string;
  readonly name?: Named;
  readonly store?: string;
  /** Undefined where there is no list to judge. */
  readonly sites?: readonly Named[];
  readonly dataPath: Path;
  readonly dataSites: readonly Named[];
  readonly followers: readonly Named[];
  /** Site whose region only votes about the data. */
  readonly witness?: Named;
  readonly dependencies: readonly LenientDependency[];
}

export interface LenientEstate {
  readonly sites: readonly LenientSite[];
  readonly services: readonly LenientService[];
  readonly vendors: readonly Named[];
  readonly backupSite?: Named;
  /** Account of the registry of images. */
  readonly imageAccount?: Named;
  /** Site to which images are pushed. */
  readonly imageHome?: Named;
}

/** Reads what can be read. */
export function readLeniently(value: unknown): LenientEstate {
  const root = isRecord(value) ? value : {};
  const backups = isRecord(root["backups"]) ? root["backups"] : {};
  const images = isRecord(root["images"]) ? root["images"] : {};
  return {
    imageAccount: named(images["account"], ["images", "account"]),
    imageHome: named(images["home"], ["images", "home"]),
    backupSite: named(backups["site"], ["backups", "site"]),
    sites: records(root["sites"], ["sites"]).map(lenientSite),
    services: records(root["services"], ["services"]).map(lenientService),
    vendors: records(root["vendors"], ["vendors"]).flatMap(({ value: vendor, path }) => {
      const name = named(vendor["name"], [...path, "name"]);
      return name ? [name] : [];
    }),
  };
}

function lenientSite({ value, path }: Entry): LenientSite {
  const kind = typeof value["kind"] === "string" ? value["kind"] : undefined;
  const name = named(value["name"], [...path, "name"]);
  const cluster = kind === "facility" ? named(value["cluster"], [...path, "cluster"]) : undefined;
  return {
    path,
    value,
    name,
    kind,
    cluster,
    region: named(value["region"], [...path, "region"]),
    zoneIds: names(value["zoneIds"], [...path, "zoneIds"]) ?? [],
    context:
      kind === "facility"
        ? (named(value["clusterContext"], [...path, "clusterContext"]) ?? cluster ?? name)
        : undefined,
  };
}

function lenientService({ value, path }: Entry): LenientService {
  const data = isRecord(value["data"]) ? value["data"] : {};
  const dataPath = [...path, "data"];
  const table = isRecord(data["table"]) ? data["table"] : {};
  return {
    path,
    value,
    kind: typeof value["kind"] === "string" ? value["kind"] : "public",
    name: named(value["name"], [...path, "name"]),
    store: typeof data["store"] === "string" ? data["store"] : undefined,
    sites: names(value["sites"], [...path, "sites"]),
    dataPath,
    dataSites: names(data["sites"], [...dataPath, "sites"]) ?? [],
    witness: named(table["witness"], [...dataPath, "table", "witness"]),
    followers: names(data["followers"], [...dataPath, "followers"]) ?? [],
    dependencies: records(value["dependencies"], [...path, "dependencies"]).map((entry) => ({
      path: entry.path,
      anyOf: names(entry.value["anyOf"], [...entry.path, "anyOf"]) ?? [],
      strength: typeof entry.value["strength"] === "string" ? entry.value["strength"] : undefined,
    })),
  };
}

interface Entry {
  readonly value: Record<string, unknown>;
  readonly path: Path;
}

function records(value: unknown, path: Path): readonly Entry[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown, index) => (isRecord(item) ? [{ value: item, path: [...path, index] }] : []));
}

function names(value: unknown, path: Path): readonly Named[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((item: unknown, index) => {
    const entry = named(item, [...path, index]);
    return entry ? [entry] : [];
  });
}

function named(value: unknown, path: Path): Named | undefined {
  return typeof value === "string" && value !== "" ? { text: value, path } : undefined;
}
