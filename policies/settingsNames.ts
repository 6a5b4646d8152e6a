/**
 * Names in settings that must be those of services: a slip of the pen would change nothing, and nobody would see it.
 */
import { closest } from "../estate/suggest";
import { type Estate, type Mistake, type ServiceId, UserError } from "../model";
import type { Settings } from "./settings";

/** At most so many services are named; the number of the rest is said. */
const mostNamed = 10;

/**
 * Refuses tiers and exemptions for services that are not there. A service is meant by the name that a report prints,
 * such as `shop/cache`, or by its tag, `shop`.
 *
 * @param where the settings stand, for messages. @default the mistake has a path alone
 * @throws UserError (DPX317) with every such name
 */
export function refuseUnmatched(estate: Estate, { inventory, judge }: Settings, where?: string): void {
  const known = namesOf(estate);
  const tiers = Object.keys(inventory.tiers ?? {}).map((service) => ({ service, path: `estate.tiers.${service}` }));
  const exempted = (judge.exemptions ?? []).flatMap(({ service }, index) =>
    service === undefined ? [] : [{ service, path: `estate.exemptions[${index}].service` }],
  );
  const mistakes = [...tiers, ...exempted]
    .filter(({ service }) => !known.has(service))
    .map(({ service, path }): Mistake => ({
      code: "DPX317",
      message: `There is no service "${service}" in this stack, so this changes nothing.`,
      fix: suggestion(service, [...known].sort()),
      path,
      ...(where === undefined ? {} : { file: where }),
    }));
  if (mistakes.length > 0) throw new UserError(mistakes);
}

/** The services by the names that are printed, and by the tags of which they are parts. */
function namesOf({ services }: Estate): ReadonlySet<ServiceId> {
  const names = new Set<ServiceId>();
  for (const { id } of services) {
    names.add(id);
    for (let at = id.indexOf("/"); at > 0; at = id.indexOf("/", at + 1)) names.add(id.slice(0, at));
  }
  return names;
}

function suggestion(service: string, known: readonly string[]): string {
  if (known.length === 0) return "Leave it out: no service was found.";
  const near = closest(service, known);
  const rest = known.length > mostNamed ? `, ${known.length - mostNamed} more` : "";
  const others = `${known.slice(0, mostNamed).join(", ")}${rest}`;
  return near === undefined
    ? `Write one of: ${others}; or leave it out.`
    : `Did you mean "${near}"? Services here: ${others}.`;
}
