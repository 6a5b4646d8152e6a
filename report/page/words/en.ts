/** The page in English. */
import { count, describeSeconds, named } from "../../figures";
import type { Words } from "./words";

const are = (number: number): string => (number === 1 ? "is" : "are");
const go = (number: number): string => (number === 1 ? "goes" : "go");
const need = (number: number): string => (number === 1 ? "needs" : "need");

const take = (number: number): string => (number === 1 ? "takes" : "take");
const allKeep = (services: number): string => (services === 1 ? "the service keeps" : `all ${services} services keep`);

/** At most so many names in a sentence. */
const most = 6;

const kind: Words["kind"] = {
  ...{ region: "region", zone: "zone", facility: "building", power: "power feed", operator: "operator" },
  ...{ carrier: "carrier", vendor: "vendor", hazard: "hazard zone", controlPlane: "control plane" },
  account: "account",
};

const story: Words["story"] = {
  heading: "What happens when a place is lost",
  lost: (of, name) => `the ${kind[of]} ${name}`,
  anyOf: (places) => {
    if (places.length > most) return `any one of ${named(places, most)}`;
    const [last = "", ...others] = [...places].reverse();
    return others.length === 0 ? last : `${others.reverse().join(", ")} or ${last}`;
  },
  down: (place, down, all) =>
    `Without ${place}, ${down.length} of ${count(all, "service")} ${go(down.length)} down: ${named(down, most)}.`,
  unknown: (place, services) =>
    `Without ${place}, nobody can say whether ${named(services, most)} ${are(services.length)} up: a value is missing.`,
  degraded: (place, services) =>
    `Without ${place}, only a part of the peak is served by ` +
    `${named(
      services.map(([name, share]) => `${name} (${share})`),
      most,
    )}.`,
  byThemselves: (services) =>
    `${named(services, most)}: too little of ${services.length === 1 ? "it" : "them"} is left ` +
    "that requests still reach.",
  because: (services, of) => `${named(services, most)}: ${need(services.length)} ${of}, which is gone.`,
  harmless: (place, services) => `Without ${place}, ${allKeep(services)} serving the whole peak.`,
  noHarm: (places, services) =>
    `Whichever one of ${count(places, "place")} is lost (a building, a zone, a whole region), ` +
    `${allKeep(services)} serving the whole peak.`,
  atOnce: "at once",
  strongHeading: "Why the critical services stay up",
  strong: (services, places, peakShare, slowest) => {
    const isOne = services.length === 1;
    const [run, them, serve] = isOne ? ["runs", "its peak", "it serves"] : ["each run", "their peak", "they serve"];
    const room = peakShare === undefined ? "" : `, with room for ${peakShare} of ${them}`;
    const loss = `whichever one place is lost, ${serve} all of ${them} ${slowest}`;
    return `${named(services, most)} ${run} in ${count(places, "place")}${room}: ${loss}.`;
  },
  accepted: (place, services, by, until) =>
    `Accepted by ${by} until ${until}: without ${place}, ${named(services, most)} ${are(services.length)} not up.`,
  noPlaces: "No building, zone or region is named, so nobody can say what the loss of one does.",
  otherLosses: (others) =>
    `${count(others, "other loss", "other losses")}, such as of a feed, a carrier or a vendor, ` +
    `also ${take(others)} a service down: see the tables below.`,
};

const heat: Words["heat"] = {
  heading: "Services and losses",
  intro: "Each column is one loss, each cell what is left of the service then, after how long, and why it is no more.",
  legend: "✓ up · ▼ a part is served · ✕ down · ? not known",
  caption: (kinds) => `What each service serves when one of these is lost: ${kinds}`,
  corner: "Service",
  group: (kinds, columns, down) =>
    `${kinds} (${columns}): ${down === 0 ? "no service goes down" : `${down} ${take(down)} a service down`}`,
  untouched: (names) => `No service feels the loss of ${names.join(", ")}.`,
  minor: (rows) => `Parts that only others use (${rows})`,
  after: (time) => `after ${time}`,
  never: "does not come back by itself",
  data: (time) => `up to ${time} of data lost`,
  byItself: "too little of it left and reached",
  needs: (service) => `needs ${service}`,
  missing: (property) => `not known: ${property}`,
  controlPlane: "needs a control plane",
  accepted: (until) => `accepted until ${until}`,
};

const findings: Words["findings"] = {
  heading: "What to mend, worst first",
  none: "Nothing was found.",
  level: { error: "refuses", warning: "advises", note: "note" },
  where: "Where",
  fix: "Fix",
  alike: (number) => `${count(number, "more finding")} of the same cause`,
  more: (number) => `and ${number} more; \`duplex check --format json\` has all`,
  exemptions: "Risks that somebody has taken",
  noExemptions: "Nobody has taken one: there is no exemption.",
  exemption: ({ subject, expires, expired, covers, owner, ticket }) =>
    `${subject}, ${expired ? "expired on" : "until"} ${expires}, ` +
    `covers ${count(covers, "finding")} (${owner}, ${ticket})`,
  notJudged: "What was not judged",
  allJudged: "Every resource was judged.",
  notes: "Notes on the input",
};

const change: Words["change"] = {
  heading: "What the change does",
  since: (base, counts) =>
    `Beside ${base}: ${counts.new} new, ${counts.worse} worse, ${counts.better} better, ` +
    `${counts.unchanged} as before, ${counts.gone} gone.`,
  mark: { new: "new", worse: "worse", better: "better", unchanged: "as before", gone: "gone", renamed: "renamed" },
  was: (name) => `was ${name}`,
  caption: "What each service serves after a loss, before and after the change",
  columns: ["Service", "Lost", "Before", "After"],
  noCells: "No service serves more or less after any loss than before.",
};

const map: Words["map"] = {
  heading: "Map of the estate",
  intro:
    "Above, each place and what runs in it, framed by region. Below, what several places share: places joined by a " +
    "filled dot fall together.",
  picture: "Places by region, with the services in each and what the places share",
  table: "The same as a table",
  columns: ["Region", "Place", "Services", "Shares with other places"],
  noRegion: "no region",
  empty: "nothing runs here",
  nothingShared: "The places share no power feed, carrier, operator or hazard zone that is named.",
  alone: "falls with it",
  oneOfSeveral: "one of several sources",
  more: (number) => `+ ${number} more`,
};

const capacity: Words["capacity"] = {
  heading: "Capacity before and after each loss",
  intro:
    "What already runs in each place, before anything new is started. The line is the peak: a bar that ends before " +
    "it cannot serve everybody at the busiest hour. What no name leads to is counted here and serves nobody: the " +
    "table of services and losses has what is really served.",
  none: "No service says both its peak and what one unit of it serves.",
  service: (name, peak) => `${name} (peak ${peak} requests a second)`,
  nothingLost: "nothing lost",
  without: (place) => `without ${place}`,
  ofPeak: (share) => `${share} of the peak`,
  peak: "peak",
  lossColumn: "Loss",
  totalColumn: "Together",
  untouched: (names) => `No capacity is lost with ${names.join(", ")}.`,
  picture: (service) => `Capacity of ${service} by place, before and after each loss`,
  table: "The same as a table, in requests a second",
};

const chains: Words["chains"] = {
  heading: "Weakest chain of each critical service",
  intro: "From the service, over what it needs, to the one loss that does the most to it.",
  none: "No single loss leaves it less than fully up.",
  noCritical: "No service is critical.",
  holds: (service) => `${service}: no single loss leaves it less than up, but for what is accepted.`,
  strength: (strength) =>
    ({ hard: "cannot serve without", soft: "serves worse without" })[strength] ?? "starts only with",
  lost: (of, name) => `${kind[of]} ${name}, lost`,
  fallsWith: "falls with",
};

export const english: Words = {
  language: "en",
  title: (source) => `${source}: what is left when a place is lost`,
  standing: {
    ...{ survives: "Survives", advice: "Survives, with advice", refused: "Refused", nothingJudged: "Nothing judged" },
    ...{ known: "Known findings, not refused", goesDown: "Goes down, not refused" },
    notProven: "Not proven, not refused",
  },
  summary: ({ services, mandatory, advisory, notJudged }) =>
    `${count(services, "service")} judged: ${count(mandatory, "finding")} ${mandatory === 1 ? "refuses" : "refuse"}, ` +
    `${advisory} ${advisory === 1 ? "advises" : "advise"}; ` +
    `${count(notJudged, "resource")} ${are(notJudged)} not judged.`,
  simulated: "The resources are of the simulated cloud.",
  madeOf: (source, resources, version) => `Made by duplex ${version} of ${source}, ${count(resources, "resource")}.`,
  skip: "Skip to the verdict",
  contents: "On this page",
  kind,
  kinds: {
    ...{ region: "Regions", zone: "Zones", facility: "Buildings", power: "Power feeds", operator: "Operators" },
    ...{ carrier: "Carriers", vendor: "Vendors", hazard: "Hazard zones", controlPlane: "Control planes" },
    account: "Accounts",
  },
  tier: { critical: "critical", important: "important", standard: "standard" },
  status: { up: "up", degraded: "partly", down: "down", unknown: "not known" },
  list: named,
  time: describeSeconds,
  ...{ story, heat, findings, change, map, capacity, chains },
};
