/** Answers by where clients are: which record each place is given, and which ones when that is unhealthy. */
import type { Urn } from "../../../model";
import { closedBy, type Gate } from "../../gate";
import { UNKNOWN, type Resource } from "../../resource";
import { at, field, textAt } from "../../values";

/** The place that a record answers; undefined where that is not known. */
interface Place {
  readonly kind: "default" | "continent" | "country" | "subdivision";
  readonly country?: string;
}

function placeOf(record: Resource): Place | undefined {
  const place = at(record.properties, "geolocationRoutingPolicies", 0);
  const [continent, country, subdivision] = ["continent", "country", "subdivision"].map((key) => field(place, key));
  if (place === UNKNOWN || continent === UNKNOWN || country === UNKNOWN || subdivision === UNKNOWN) return undefined;
  if (country === "*") return { kind: "default" };
  if (typeof continent === "string" && continent !== "") return { kind: "continent" };
  if (typeof country !== "string" || country === "") return undefined;
  return { kind: typeof subdivision === "string" && subdivision !== "" ? "subdivision" : "country", country };
}

/**
 * The records of each place, from the one that it is given to those of the larger places that it falls back to (Route
 * 53 Developer Guide, "How Amazon Route 53 chooses records when health checking is configured"). Which continent a
 * country is in is not looked up: any continent's record counts as its own.
 */
export function chainsOf(records: readonly Resource[]): readonly (readonly Urn[])[] | undefined {
  if (!records.every((record) => field(record.properties, "geolocationRoutingPolicies") !== undefined))
    return undefined;
  const places = records.map((record) => ({ record, place: placeOf(record) }));
  if (places.some(({ place }) => place === undefined)) return undefined;
  const order = ["subdivision", "country", "continent", "default"];
  return places.map(({ record, place }) => {
    const larger = places.filter(
      (other) =>
        order.indexOf(other.place?.kind ?? "") > order.indexOf(place?.kind ?? "") &&
        (other.place?.kind !== "country" || other.place.country === place?.country),
    );
    const sorted = [...larger].sort((a, b) => order.indexOf(a.place?.kind ?? "") - order.indexOf(b.place?.kind ?? ""));
    return [record.urn, ...sorted.map((other) => other.record.urn)];
  });
}

/** Clients whom no record answers; undefined where one answers everybody else. */
export function gapOf(records: readonly Resource[]): Gate | undefined {
  const [first] = records;
  if (first === undefined || chainsOf(records) === undefined) return undefined;
  if (records.some((record) => placeOf(record)?.kind === "default")) return undefined;
  const name = textAt(first, "name") ?? first.name;
  return closedBy(
    first,
    "geolocationRoutingPolicies",
    `no record of "${name}" is for the place "*": clients of every other place get no answer`,
  );
}
