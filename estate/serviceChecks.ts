/** What services say of sites and of each other: names that exist, copies that are several, starts that end. */
import { startupCycles, type Starter } from "../survival";
import type { LenientEstate, LenientService, Named } from "./lenientEstate";
import type { LocatedMistake } from "./schemaMistakes";
import { showPath } from "./source";
import { writeInstead } from "./suggest";
import { repeated, siteNames, nameOf, mistake } from "./checkMistakes";

export function duplicateServices(estate: LenientEstate) {
  const names = [...estate.vendors, ...estate.services.flatMap((service) => service.name ?? [])];
  return repeated(names).map(([again, first]) =>
    mistake(
      "DPX124",
      again.path,
      `The service "${again.text}" is declared twice; the first is at ${showPath(first.path)}.`,
      "Give each service and vendor a name of its own.",
    ),
  );
}

export function sitesOfServices(estate: LenientEstate) {
  const known = siteNames(estate);
  return estate.services.flatMap((service) => {
    if (service.sites === undefined) return [];
    const distinct = new Set(service.sites.map((site) => site.text));
    const single =
      distinct.size < 2
        ? [
            mistake(
              "DPX126",
              [...service.path, "sites"],
              `The service "${nameOf(service)}" runs in ` +
                `${distinct.size === 0 ? "no site" : `one site only, "${[...distinct].join()}"`}.`,
              "Name at least two sites; a critical service needs three or more over two regions and two operators.",
            ),
          ]
        : [];
    return [...single, ...repeatedSites(service, service.sites), ...unknownSites(service.sites, known)];
  });
}

/** The names that are sites, but of another kind. */
function wrongKindIn(
  estate: LenientEstate,
  names: readonly Named[],
  kind: string,
  noun: string,
): readonly LocatedMistake[] {
  const kinds = new Map(estate.sites.flatMap((site) => (site.name ? [[site.name.text, site.kind] as const] : [])));
  return names
    .filter((name) => kinds.has(name.text) && kinds.get(name.text) !== kind)
    .map((name) =>
      mistake("DPX128", name.path, `The site "${name.text}" is not a ${noun}.`, `Write a site of kind ${kind} here.`),
    );
}

export function siteOfBackups(estate: LenientEstate) {
  const named = estate.backupSite ? [estate.backupSite] : [];
  return [...unknownSites(named, siteNames(estate)), ...wrongKindIn(estate, named, "cloud", "cloud region")];
}

export function dataOfServices(estate: LenientEstate) {
  return estate.services.flatMap((service) => {
    return [
      ...copies(service),
      ...unknownSites([...service.dataSites, ...service.followers], siteNames(estate)),
      ...repeatedSites(service, service.dataSites),
      ...repeatedSites(service, service.followers),
      ...wrongKindIn(estate, service.dataSites, "cloud", "cloud region"),
      ...wrongKindIn(estate, service.followers, "facility", "facility"),
    ];
  });
}

function copies(service: LenientService): readonly LocatedMistake[] {
  const count = new Set(service.dataSites.map((site) => site.text)).size;
  const { store } = service;
  if (store === undefined || !["none", "dynamodb", "aurora", "bucket"].includes(store)) return [];
  const wrong = store === "none" ? count + service.followers.length > 0 : store === "bucket" ? count !== 2 : count < 2;
  if (!wrong) return [];
  const wanted = store === "none" ? "no site" : store === "bucket" ? "exactly two sites" : "at least two sites";
  return [
    mistake(
      "DPX129",
      [...service.dataPath, "sites"],
      `The store "${store}" of "${nameOf(service)}" names ` +
        `${count + (store === "none" ? service.followers.length : 0)} site(s).`,
      `Name ${wanted} for it.`,
    ),
  ];
}

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
        `The startup dependencies ${[...cycle, first].join(" -> ")} form a cycle: none of them can be started from ` +
          "dark.",
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

function unknownSites(names: readonly Named[], known: readonly string[]) {
  return names
    .filter((name) => !known.includes(name.text))
    .map((name) =>
      mistake("DPX125", name.path, `The site "${name.text}" does not exist.`, writeInstead(name.text, known, "a site")),
    );
}

function repeatedSites(service: LenientService, names: readonly Named[]) {
  return repeated(names).map(([again]) =>
    mistake(
      "DPX127",
      again.path,
      `The site "${again.text}" is named twice for "${nameOf(service)}".`,
      "Name each site once; two copies in one site are not two sites.",
    ),
  );
}
