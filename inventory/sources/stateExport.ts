/** `pulumi stack export`: a deployment of version 3. */
import { UserError, type Mistake } from "../../model";
import type { Resource } from "../resource";
import { mistake, refuse, shown } from "./mistakes";
import { compactProperties, isResourceRecord, recorded, type ResourceRecord } from "./record";
import { parentCycles } from "./parentCycles";
import { isRecord } from "../../lib/records";

const how = "Give the output of `pulumi stack export`.";
const readableVersions: readonly unknown[] = [3, 4];

/** What a state says of a resource beyond its record. */
interface StateRecord extends ResourceRecord {
  readonly delete?: unknown;
  readonly pendingReplacement?: unknown;
}

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
    sourcePosition: record.sourcePosition,
    delete: record.delete,
    pendingReplacement: record.pendingReplacement,
  } satisfies Record<keyof StateRecord, unknown>;
}

/**
 * The resources of a state. Those that are on their way out (`delete`, left from a replacement) or that an interrupted
 * update may or may not have made are left out: neither can be counted on.
 *
 * @param document the parsed JSON of `pulumi stack export`
 * @throws UserError (DPX401 to DPX404, DPX408) where it is something else, of another version, or damaged
 */
export function fromStateExport(document: unknown): readonly Resource[] {
  if (!isRecord(document))
    throw wrong("DPX401", `A state export must be a JSON object; this is ${shown(document)}.`, how);
  const { version, deployment } = document;
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
  const resources: Resource[] = [];
  const mistakes: Mistake[] = [];
  (deployment.resources ?? []).forEach((entry: unknown, index) => {
    if (!isRecord(entry) || !isResourceRecord(entry)) {
      mistakes.push(
        mistake(
          "DPX404",
          `A resource must be an object with a "urn" and a "type"; found ${shown(entry)}.`,
          "Export the state again; a file edited by hand can be repaired with `pulumi state`.",
          `deployment.resources[${index}]`,
        ),
      );
    } else if (entry.delete !== true && entry.pendingReplacement !== true) {
      resources.push(recorded(entry));
    }
  });
  refuse(mistakes);
  const listed = (deployment.resources ?? []) as readonly unknown[];
  refuse(
    parentCycles(resources, (urn) => {
      const index = listed.findIndex((entry) => isRecord(entry) && entry.urn === urn);
      return `deployment.resources[${index}]`;
    }),
  );
  return resources;
}

function wrong(code: `DPX4${number}`, message: string, fix: string, path?: string): UserError {
  return new UserError([mistake(code, message, fix, path)]);
}
