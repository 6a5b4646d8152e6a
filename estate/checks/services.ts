/** Services, the sites that they run in, and where their data stands. */
import type { LenientEstate, LenientService } from "../lenientEstate";
import type { LocatedMistake } from "../schemaMistakes";
import { showPath } from "../source";
import { mistake, nameOf, repeated, repeatedSites, siteNamed, siteNames, unknownSites, wrongKindIn } from "./words";

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
              "Name at least two sites; a critical service needs two regions, and two operators or an accepted loss.",
            ),
          ]
        : [];
    return [...single, ...repeatedSites(service, service.sites), ...unknownSites(service.sites, known)];
  });
}

/** The sites that the estate itself names, for backups and for images. */
export function siteOfBackups(estate: LenientEstate) {
  const named = [estate.backupSite, estate.imageHome].flatMap((site) => site ?? []);
  return [...unknownSites(named, siteNames(estate)), ...wrongKindIn(estate, named, "cloud", "cloud region")];
}

export function dataOfServices(estate: LenientEstate) {
  return estate.services.flatMap((service) => {
    const witnesses = service.witness ? [service.witness] : [];
    return [
      ...copies(service),
      ...unknownSites([...service.dataSites, ...service.followers, ...witnesses], siteNames(estate)),
      ...repeatedSites(service, service.dataSites),
      ...repeatedSites(service, service.followers),
      ...wrongKindIn(estate, [...service.dataSites, ...witnesses], "cloud", "cloud region"),
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

/**
 * Whether units find the way to their service's data: a database has none but its own networks, AWS asks pods who they
 * are.
 */
export function dataServices(estate: LenientEstate) {
  return estate.services.flatMap((service) => {
    const { store } = service;
    if (store === undefined || store === "none") return [];
    const holders = service.dataSites.map((site) => site.text);
    return (service.sites ?? []).flatMap((named) => {
      const site = siteNamed(estate, named.text);
      if (site === undefined) return [];
      if (store === "aurora" && !holders.includes(named.text)) {
        return [
          mistake(
            "DPX147",
            named.path,
            `The service "${nameOf(service)}" runs in "${named.text}", which has no private way to its ` +
              `database in ${holders.join(", ")}.`,
            "Run it in the sites that hold its data, or keep the data in dynamodb.",
          ),
        ];
      }
      if (store === "aurora" || site.kind !== "facility" || typeof site.value["oidcIssuer"] === "string") return [];
      return [
        mistake(
          "DPX148",
          named.path,
          `The service "${nameOf(service)}" uses a store of AWS from "${named.text}", whose pods AWS does not know.`,
          `Write the issuer of the cluster's tokens as oidcIssuer of site "${named.text}".`,
        ),
      ];
    });
  });
}
