/** `pulumi stack export`: a deployment of version 3. */
import { UserError, type Mistake } from "../../model";
import type { Resource } from "../resource";
import { mistake, refuse, shown } from "./mistakes";
import type { Reading } from "./reading";
import { callOf } from "./position";
import { compactProperties, isResourceRecord, recorded } from "./record";
import { parentCycles } from "./parentCycles";
import { doubtsOf, isLeaving, type StateRecord } from "./stateDoubts";
import { isRecord } from "../../lib/records";

const how = "Give the output of `pulumi stack export`.";
const readableVersions: readonly unknown[] = [3, 4];

/**
 * What a state may hold beyond what every reader knows, by the names under `features`; of another one nobody can tell
 * what it changes, so the engine refuses it too (`supportedFeatures` of its `resource/stack`, 3.259).
 */
const knownFeatures: ReadonlySet<unknown> = new Set([
  "refreshBeforeUpdate",
  "views",
  "hooks",
  "taint",
  "replaceWith",
  "snippets-prototype",
  "extensionParameterization",
  "byteString",
]);

/**
 * Keeps the resources of one state in less memory, for `fromStateExport`, which makes the same of both: without what
 * says nothing, and with one text for a parent and a provider that many have.
 *
 * @returns a function of an entry of the list of resources, as it was parsed; what is no resource stays as it is
 */
export function compactor(): (entry: unknown) => unknown {
  const texts = new Map<unknown, unknown>();
  const once = (value: unknown): unknown => {
    const known = texts.get(value);
    if (known === undefined) texts.set(value, value);
    return known ?? value;
  };
  return (entry) => (isRecord(entry) && isResourceRecord(entry) ? compact(entry, once) : entry);
}

function compact(record: StateRecord, once: (value: unknown) => unknown): unknown {
  const { inputs, outputs } = compactProperties(record);
  return {
    urn: record.urn,
    type: record.type,
    custom: record.custom,
    id: record.id,
    parent: once(record.parent),
    provider: once(record.provider),
    inputs,
    outputs,
    dependencies: record.dependencies,
    propertyDependencies: record.propertyDependencies,
    sourcePosition: callOf(record),
    stackTrace: undefined,
    aliases: record.aliases,
    delete: record.delete,
    pendingReplacement: record.pendingReplacement,
    external: record.external,
    initErrors: record.initErrors,
  } satisfies Record<keyof StateRecord, unknown>;
}

/**
 * The resources of a state. Those that are on their way out (`delete`, left from a replacement), that an interrupted
 * update may or may not have made or deleted are left out: none of them can be counted on.
 *
 * @param document the parsed JSON of `pulumi stack export`
 * @throws UserError (DPX401 to DPX404, DPX408, DPX417) where it is something else, of another version, or damaged
 */
export function readStateExport(document: unknown): Reading {
  const deployment = deploymentOf(document);
  const listed = (deployment.resources ?? []) as readonly unknown[];
  const mistakes: Mistake[] = [];
  const records: StateRecord[] = [];
  listed.forEach((entry: unknown, index) => {
    if (isRecord(entry) && isResourceRecord(entry)) return void records.push(entry);
    mistakes.push(
      mistake(
        "DPX404",
        `A resource must be an object with a "urn" and a "type"; found ${shown(entry)}.`,
        "Export the state again; a file edited by hand can be repaired with `pulumi state`.",
        `deployment.resources[${index}]`,
      ),
    );
  });
  refuse(mistakes);
  const { doubts, leftOver, isGone } = doubtsOf(records, deployment.pending_operations);
  const live = records.filter((record) => !isLeaving(record) && !isGone(record));
  const resources = live.map(recorded);
  refuse(
    parentCycles(resources, (urn) => {
      const index = listed.findIndex((entry) => isRecord(entry) && entry.urn === urn);
      return `deployment.resources[${index}]`;
    }),
  );
  return {
    resources,
    doubts,
    leftOver,
    external: live.filter(({ external }) => external === true).map(({ urn }) => urn),
  };
}

/** The resources of a state alone. */
export function fromStateExport(document: unknown): readonly Resource[] {
  return readStateExport(document).resources;
}

/** What a state holds, where it is one that can be read. */
function deploymentOf(document: unknown): Readonly<Record<string, unknown>> {
  if (!isRecord(document))
    throw wrong("DPX401", `A state export must be a JSON object; this is ${shown(document)}.`, how);
  const { version, deployment, features } = document;
  if (!readableVersions.includes(version)) {
    throw wrong(
      "DPX402",
      `A state export must be of version 3 or 4; this one says version ${shown(version)}.`,
      "Export it again with a current Pulumi: `pulumi stack export`.",
      "version",
    );
  }
  if (!isRecord(deployment)) {
    throw wrong(
      "DPX403",
      `A state export must hold its deployment as an object; found ${shown(deployment)}.`,
      how,
      "deployment",
    );
  }
  if (deployment.resources !== undefined && !Array.isArray(deployment.resources)) {
    throw wrong(
      "DPX403",
      `A deployment's resources must be a list; found ${shown(deployment.resources)}.`,
      how,
      "deployment.resources",
    );
  }
  refuse([...unknownFeatures(features, "features"), ...unknownFeatures(deployment.features, "deployment.features")]);
  refuse(integrityOf(deployment.metadata));
  return deployment;
}

function unknownFeatures(features: unknown, path: string): readonly Mistake[] {
  const listed: readonly unknown[] = Array.isArray(features) ? features : [];
  return listed
    .filter((feature) => !knownFeatures.has(feature))
    .map((feature) =>
      mistake(
        "DPX417",
        `A state must use no feature that is not known here; this one uses ${shown(feature)}.`,
        "Use a newer Duplex, or export the state with the version of Pulumi that wrote it.",
        path,
      ),
    );
}

/** What the engine has written down of itself: that the state which it wrote is not in order. */
function integrityOf(metadata: unknown): readonly Mistake[] {
  const error = isRecord(metadata) ? metadata.integrity_error : undefined;
  if (!isRecord(error)) return [];
  return [
    mistake(
      "DPX418",
      `A state must be in order; the engine has found an error of integrity in this one: ${shown(error.error)}.`,
      "Repair it with `pulumi state repair`, and export it again.",
      "deployment.metadata.integrity_error",
    ),
  ];
}

function wrong(code: `DPX4${number}`, message: string, fix: string, path?: string): UserError {
  return new UserError([mistake(code, message, fix, path)]);
}
