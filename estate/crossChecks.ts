/** Checks that take more than one field: names that must exist, must not repeat, and must fit together. */
import { startupCycles, type Starter } from "../survival";
import { type LenientEstate, type LenientService, type LenientSite, type Named, readLeniently } from "./lenientEstate";
import type { LocatedMistake } from "./schemaMistakes";
import { type Path, showPath } from "./source";
import { writeInstead } from "./suggest";
import { zonePrefixOf } from "./zones";
import { addTo } from "../lib/lists";

type Check = (estate: LenientEstate) => readonly LocatedMistake[];

/** All checks over one configuration, in the order of the document's parts. */
export function crossMistakes(value: unknown): readonly LocatedMistake[] {
  const estate = readLeniently(value);
  return checks.flatMap((check) => check(estate));
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

function duplicateSites(estate: LenientEstate) {
  return repeated(estate.sites.flatMap((site) => site.name ?? [])).map(([again, first]) =>
    mistake(
      "DPX120",
      again.path,
      `The site "${again.text}" is declared twice; the first is at ${showPath(first.path)}.`,
      "Give each site a name of its own.",
    ),
  );
}

function duplicateClusters(estate: LenientEstate) {
  const named = estate.sites.filter((site) => site.name?.text !== site.context?.text);
  const contexts = estate.sites.flatMap((site) => site.context ?? []);
  const clusterOf = (context: Named) => estate.sites.find((site) => site.context === context)?.cluster?.text;
  return repeated(contexts)
    .filter(([again]) => named.some((site) => site.context === again))
    .filter(([again, first]) => clusterOf(again) === undefined || clusterOf(again) !== clusterOf(first))
    .map(([again, first]) =>
      mistake(
        "DPX121",
        again.path,
        `The cluster context "${again.text}" is used by two sites; the first is at ${showPath(first.path)}.`,
        "Name the cluster that stands in each facility; where one really spans both, let both name it as `cluster`.",
      ),
    );
}

/** What one control plane and one scheduler ask of the sites that share them. */
function stretchedClusters(estate: LenientEstate) {
  const members = new Map<string, LenientSite[]>();
  for (const site of estate.sites) {
    if (site.cluster) addTo(members, site.cluster.text, site);
  }
  return [...members].flatMap(([cluster, sites]) => {
    const names = sites.flatMap((site) => site.name?.text ?? []);
    return [
      ...otherContexts(cluster, sites),
      ...nameOfAnother(cluster, sites, estate),
      ...estate.services.flatMap((service) => partOfCluster(cluster, names, service)),
    ];
  });
}

function otherContexts(cluster: string, [first, ...others]: readonly LenientSite[]) {
  return others
    .filter((site) => site.context !== undefined && site.context.text !== first?.context?.text)
    .map((site) =>
      mistake(
        "DPX133",
        site.context?.path ?? site.path,
        `The sites of cluster "${cluster}" must have one context; found "${site.context?.text}" beside "${first?.context?.text}".`,
        "Write the same `clusterContext` for all of them, or leave it out.",
      ),
    );
}

/** Names of resources end in the site's or the cluster's name: two of one name would be one resource. */
function nameOfAnother(cluster: string, [first, ...others]: readonly LenientSite[], estate: LenientEstate) {
  const other = estate.sites.find((site) => site.name?.text === cluster);
  if (other === undefined || first?.cluster === undefined || [first, ...others].includes(other)) return [];
  return [
    mistake(
      "DPX136",
      first.cluster.path,
      `The cluster "${cluster}" bears the name of a site that is no part of it.`,
      "Give the cluster a name of its own.",
    ),
  ];
}

function partOfCluster(cluster: string, members: readonly string[], service: LenientService) {
  const named = new Set((service.sites ?? []).map((site) => site.text));
  const missing = members.filter((name) => !named.has(name));
  const isPart = missing.length > 0 && missing.length < members.length;
  const isAll = members.length > 1 && named.size > 0 && [...named].every((name) => members.includes(name));
  const followers = members.length < 2 ? [] : service.followers.filter((site) => members.includes(site.text));
  return [
    ...(isPart
      ? [
          mistake(
            "DPX134",
            [...service.path, "sites"],
            `The service "${nameOf(service)}" names a part of the cluster "${cluster}", whose scheduler spreads pods over all of it; missing: ${missing.join(", ")}.`,
            "Name all sites of the cluster, or none.",
          ),
        ]
      : []),
    ...(isAll && !isPart
      ? [
          mistake(
            "DPX137",
            [...service.path, "sites"],
            `The service "${nameOf(service)}" runs in nothing but the cluster "${cluster}": one control plane and one address.`,
            "Name a site outside of the cluster too.",
          ),
        ]
      : []),
    ...followers.map((site) =>
      mistake(
        "DPX135",
        site.path,
        `A follower of "${nameOf(service)}" in "${site.text}" has a volume in one building, and the cluster "${cluster}" spans several.`,
        "Keep followers in facilities with a cluster of their own.",
      ),
    ),
  ];
}

function zonesOutsideRegion(estate: LenientEstate) {
  return estate.sites.flatMap((site) => {
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

function zonesTwice(estate: LenientEstate) {
  return repeated(estate.sites.flatMap((site) => site.zoneIds)).map(([again, first]) =>
    mistake(
      "DPX123",
      again.path,
      `The zone "${again.text}" is used twice; the first is at ${showPath(first.path)}.`,
      "A zone belongs to one site once: two sites that share it would fall together.",
    ),
  );
}

function duplicateServices(estate: LenientEstate) {
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

function sitesOfServices(estate: LenientEstate) {
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
              `The service "${nameOf(service)}" runs in ${distinct.size === 0 ? "no site" : `one site only, "${[...distinct].join()}"`}.`,
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

function siteOfBackups(estate: LenientEstate) {
  const named = estate.backupSite ? [estate.backupSite] : [];
  return [...unknownSites(named, siteNames(estate)), ...wrongKindIn(estate, named, "cloud", "cloud region")];
}

function dataOfServices(estate: LenientEstate) {
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
      `The store "${store}" of "${nameOf(service)}" names ${count + (store === "none" ? service.followers.length : 0)} site(s).`,
      `Name ${wanted} for it.`,
    ),
  ];
}

function unknownDependencies(estate: LenientEstate) {
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

function blackStart(estate: LenientEstate): readonly LocatedMistake[] {
  const services = new Map(estate.services.map((service) => [nameOf(service), service]));
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

/** Every repetition with the first of its kind. */
function repeated(names: readonly Named[]): readonly (readonly [again: Named, first: Named])[] {
  return names.flatMap((name, index) => {
    const first = names.findIndex((other) => other.text === name.text);
    const original = names[first];
    return first < index && original ? [[name, original] as const] : [];
  });
}

function siteNames(estate: LenientEstate): readonly string[] {
  return estate.sites.flatMap((site) => site.name?.text ?? []);
}

function nameOf(service: LenientService): string {
  return service.name?.text ?? showPath(service.path);
}

function mistake(code: string, at: Path, message: string, fix: string): LocatedMistake {
  return { code, message, fix, path: showPath(at), at };
}
