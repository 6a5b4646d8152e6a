/**
 * What could decide whether requests are served and no reader looks at: settings of the third class of the ledger of
 * properties, on whatever has to do with a judged service. Found by one look at each property of the few types that
 * have any; whose it is, is asked only of those that are set.
 */
import type { Service, UnjudgedSettingFact } from "../../model";
import type { Draft } from "../draft";
import type { Identities } from "../identity";
import type { Resource } from "../resource";
import type { Stack } from "../stack";
import { field } from "../values";
import { settingsOf, type Setting } from "./ledger";
import { Owners } from "./owners";
import { isTold, valuesAt } from "./tolerance";

/** A fact for each service and each such setting that is set, in the order of the resources. */
export function unjudgedSettings(
  stack: Stack,
  identities: Identities,
  draft: Draft,
  services: readonly Service[],
): readonly UnjudgedSettingFact[] {
  let owners: Owners | undefined;
  const facts: UnjudgedSettingFact[] = [];
  // What only holds room serves nobody: it is there to give way.
  const placeholders = new Set(draft.facts.flatMap(({ fact }) => (fact.kind === "reserve" ? [fact.urn] : [])));
  for (const type of stack.types) {
    const settings = settingsOf(type);
    if (settings.length === 0) continue;
    for (const resource of stack.ofType(type)) {
      const told = settings.filter((setting) => isSet(resource, setting));
      if (told.length === 0 || placeholders.has(resource.urn)) continue;
      owners ??= new Owners(stack, identities, draft, services);
      for (const service of owners.of(resource)) {
        for (const { path, could } of told) {
          facts.push({ kind: "unjudgedSetting", urn: resource.urn, service, property: path, could });
        }
      }
    }
  }
  return facts;
}

function isSet(resource: Resource, { parts, tolerance }: Setting): boolean {
  const { properties } = resource;
  // Nearly always nobody has set it: then nothing is walked.
  if (field(properties, parts[0] ?? "") === undefined) return false;
  return valuesAt(properties, parts).some((value) => isTold(value, tolerance));
}
