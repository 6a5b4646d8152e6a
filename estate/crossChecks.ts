/** Checks that take more than one field: names that must exist, must not repeat, and must fit together. */
import { startupCycles, type Starter } from "../model";
import { duplicateClusters, stretchedClusters } from "./clusterChecks";
import { type Draft, type DraftService, type Named, draftOf } from "./draft";
import { mistake, nameOf, repeated } from "./draftMistakes";
import type { LocatedMistake } from "./schemaMistakes";
import { showPath } from "./source";
import { writeInstead } from "./suggest";
import { zonePrefixOf } from "./zones";

type Check = (draft: Draft) => readonly LocatedMistake[];

/** All checks over one configuration, in the order of the document's parts. */
export function crossMistakes(value: unknown): readonly LocatedMistake[] {
  const draft = draftOf(value);
  return checks.flatMap((check) => check(draft));
}

const checks: readonly Check[] = [
  duplicateSites,
  duplicateClusters,
  stretchedClusters,
  zonesOutsideRegion,
  zonesTwice,
  duplicateServices,
  sitesOfServices,
  dataOfServices,
  siteOfBackups,
  unknownDependencies,
  blackStart,
];

function duplicateSites(draft: Draft) {
  return repeated(draft.sites.flatMap((site) => site.name ?? [])).map(([again, first]) =>
    mistake(
      "DPX120",
      again.path,
      `The site "${again.text}" is declared twice; the first is at ${showPath(first.path)}.`,
      "Give each site a name of its own.",
    ),
  );
}

function zonesOutsideRegion(draft: Draft) {
  return draft.sites.flatMap((site) => {
    const region = site.region?.text;
    if (site.kind !== "cloud" || region === undefined) return [];
    const prefix = zonePrefixOf(region);
    return site.zoneIds
      .filter((zone) => /^[a-z]+\d-az\d+$/.test(zone.text) && !zone.text.startsWith(prefix))
      .map((zone) =>
        mistake(
          "DPX122",
          zone.path,
          `The zone id "${zone.text}" does not belong to region ${region}.`,
          `Zone ids of ${region} begin with ${prefix}.`,
        ),
      );
  });
}

function zonesTwice(draft: Draft) {
  return repeated(draft.sites.flatMap((site) => site.zoneIds)).map(([again, first]) =>
    mistake(
      "DPX123",
      again.path,
      `The zone "${again.text}" is used twice; the first is at ${showPath(first.path)}.`,
      "A zone belongs to one site once: two sites that share it would fall together.",
    ),
  );
}

function duplicateServices(draft: Draft) {
  const names = [...draft.vendors, ...draft.services.flatMap((service) => service.name ?? [])];
  return repeated(names).map(([again, first]) =>
    mistake(
      "DPX124",
      again.path,
      `The service "${again.text}" is declared twice; the first is at ${showPath(first.path)}.`,
      "Give each service and vendor a name of its own.",
    ),
  );
}

function sitesOfServices(draft: Draft) {
  const known = siteNames(draft);
  return draft.services.flatMap((service) => {
    if (service.sites === undefined) return [];
    const distinct = new Set(service.sites.map((site) => site.text));
    const single =
      distinct.size < 2
        ? [
            mistake(
              "DPX126",
              [...service.path, "sites"],
              `The service "${nameOf(service)}" runs in ${distinct.size === 0 ? "no site" : `one site only, "${[...distinct].join()}"`}.`,
              "Name at least two sites; a critical service needs three or more over two regions and two operators.",
            ),
          ]
        : [];
    return [...single, ...repeatedSites(service, service.sites), ...unknownSites(service.sites, known)];
  });
}

/** The names that are sites, but of another kind. */
function wrongKindIn(draft: Draft, names: readonly Named[], kind: string, noun: string): readonly LocatedMistake[] {
  const kinds = new Map(draft.sites.flatMap((site) => (site.name ? [[site.name.text, site.kind] as const] : [])));
  return names
    .filter((name) => kinds.has(name.text) && kinds.get(name.text) !== kind)
    .map((name) =>
      mistake("DPX128", name.path, `The site "${name.text}" is not a ${noun}.`, `Write a site of kind ${kind} here.`),
    );
}

function siteOfBackups(draft: Draft) {
  const named = draft.backupSite ? [draft.backupSite] : [];
  return [...unknownSites(named, siteNames(draft)), ...wrongKindIn(draft, named, "cloud", "cloud region")];
}

function dataOfServices(draft: Draft) {
  return draft.services.flatMap((service) => {
    return [
      ...copies(service),
      ...unknownSites([...service.dataSites, ...service.followers], siteNames(draft)),
      ...repeatedSites(service, service.dataSites),
      ...repeatedSites(service, service.followers),
      ...wrongKindIn(draft, service.dataSites, "cloud", "cloud region"),
      ...wrongKindIn(draft, service.followers, "facility", "facility"),
    ];
  });
}

function copies(service: DraftService): readonly LocatedMistake[] {
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
      `The store "${store}" of "${nameOf(service)}" names ${count + (store === "none" ? service.followers.length : 0)} site(s).`,
      `Name ${wanted} for it.`,
    ),
  ];
}

function unknownDependencies(draft: Draft) {
  const known = [...draft.vendors, ...draft.services.flatMap((service) => service.name ?? [])].map((name) => name.text);
  return draft.services.flatMap((service) =>
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

function blackStart(draft: Draft): readonly LocatedMistake[] {
  const services = new Map(draft.services.map((service) => [nameOf(service), service]));
  return startupCycles([...services].map(([id, service]) => ({ id, dependencies: needsOf(id, service) }))).map(
    (cycle) => {
      const [first = ""] = cycle;
      return mistake(
        "DPX132",
        [...(services.get(first)?.path ?? ["services"]), "dependencies"],
        `The startup dependencies ${[...cycle, first].join(" -> ")} form a cycle: none of them can be started from dark.`,
        "Remove one of them, or add to its anyOf something that starts without the others.",
      );
    },
  );
}

/** What a service waits for; a dependency that it meets itself always holds. */
function needsOf(id: string, { dependencies }: DraftService): Starter["dependencies"] {
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

function repeatedSites(service: DraftService, names: readonly Named[]) {
  return repeated(names).map(([again]) =>
    mistake(
      "DPX127",
      again.path,
      `The site "${again.text}" is named twice for "${nameOf(service)}".`,
      "Name each site once; two copies in one site are not two sites.",
    ),
  );
}

function siteNames(draft: Draft): readonly string[] {
  return draft.sites.flatMap((site) => site.name?.text ?? []);
}
