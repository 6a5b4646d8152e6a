/** What services need of each other. */
import { startupCycles, type Starter } from "../../survival";
import type { LenientEstate, LenientService } from "../lenientEstate";
import type { LocatedMistake } from "../schemaMistakes";
import { writeInstead } from "../suggest";
import { mistake, nameOf } from "./words";

export function unknownDependencies(estate: LenientEstate) {
  const known = [...estate.vendors, ...estate.services.flatMap((service) => service.name ?? [])].map(
    (name) => name.text,
  );
  return estate.services.flatMap((service) =>
    service.dependencies.flatMap((dependency) =>
      dependency.anyOf.flatMap((name) => {
        if (name.text === service.name?.text) {
          return [
            mistake("DPX131", name.path, `The service "${name.text}" depends on itself.`, "Remove the dependency."),
          ];
        }
        if (known.includes(name.text)) return [];
        return [
          mistake(
            "DPX130",
            name.path,
            `The dependency "${name.text}" is neither a service nor a vendor.`,
            writeInstead(name.text, known, "a service or vendor"),
          ),
        ];
      }),
    ),
  );
}

export function blackStart(estate: LenientEstate): readonly LocatedMistake[] {
  const services = new Map(estate.services.map((service) => [nameOf(service), service]));
  return startupCycles([...services].map(([id, service]) => ({ id, dependencies: needsOf(id, service) }))).map(
    (cycle) => {
      const [first = ""] = cycle;
      return mistake(
        "DPX132",
        [...(services.get(first)?.path ?? ["services"]), "dependencies"],
        `The startup dependencies ${[...cycle, first].join(" -> ")} form a cycle: none of them can be started ` +
          "from dark.",
        "Remove one of them, or add to its anyOf something that starts without the others.",
      );
    },
  );
}

/** What a service waits for; a dependency that it meets itself always holds. */
function needsOf(id: string, { dependencies }: LenientService): Starter["dependencies"] {
  return dependencies.flatMap(({ anyOf, strength }) => {
    const names = anyOf.map(({ text }) => text);
    const isKnown = strength === "hard" || strength === "startup";
    return isKnown && !names.includes(id) ? [{ anyOf: names, strength }] : [];
  });
}
