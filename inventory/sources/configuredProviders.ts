/**
 * Default providers, which a preview names and does not show: the engine makes them of the stack's configuration, in
 * which `aws:region` is the region of the provider of aws.
 */
import type { Urn } from "../../model";
import { jsonOf } from "./json";
import type { ResourceRecord } from "./record";
import { isUrn, urnOfProviderReference } from "./urn";

const providerType = /::pulumi:providers:([^:$]+)::/;

/** The providers that these resources name and that are not among them. */
export function configuredProviders(
  records: readonly ResourceRecord[],
  config: Readonly<Record<string, unknown>>,
): readonly ResourceRecord[] {
  const known = new Set(records.map(({ urn }) => urn));
  const found = new Map<Urn, ResourceRecord>();
  for (const { provider } of records) {
    if (!isUrn(provider)) continue;
    const urn = urnOfProviderReference(provider);
    const name = providerType.exec(urn)?.[1];
    if (name === undefined || known.has(urn) || found.has(urn)) continue;
    found.set(urn, { urn, type: `pulumi:providers:${name}`, custom: true, inputs: inputsOf(name, config) });
  }
  return [...found.values()];
}

/** Lists and groups of fields stand in a configuration as JSON. */
function inputsOf(name: string, config: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const prefix = `${name}:`;
  return Object.fromEntries(
    Object.entries(config)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [
        key.slice(prefix.length),
        typeof value === "string" && /^\s*[[{]/.test(value) ? (jsonOf(value) ?? value) : value,
      ]),
  );
}
