/** CloudTrail as a log of changes: events by what they are about, so that a resource costs a look-up and not a scan. */
import { recordTypes } from "../inventory/aws/entrances";
import type { Properties } from "../inventory/resource";
import { identifiersOf } from "../inventory/stack";
import { field } from "../inventory/values";
import { deployedAt, utcSeconds, type Attribution, type ChangeLog, type DriftedResource } from "./attribution";
import { changesType, isGlobal } from "./awsServices";
import { recordSetName, type CloudTrailEvent, type Subject } from "./cloudTrailRecord";
import { segments } from "./paths";

interface Match {
  readonly event: CloudTrailEvent;
  readonly subject: Subject;
}

/** An index over events. One that comes twice, in two files or as an event of two regions, counts once. */
export function cloudTrail(events: readonly CloudTrailEvent[]): ChangeLog {
  const about = new Map<string, Match[]>();
  const known = new Set<string>();
  for (const event of events) {
    if (event.eventId !== null && known.has(event.eventId)) continue;
    if (event.eventId !== null) known.add(event.eventId);
    for (const subject of event.subjects) {
      const matches = about.get(subject.text);
      if (matches === undefined) about.set(subject.text, [{ event, subject }]);
      else matches.push({ event, subject });
    }
  }
  return {
    changesOf(resource) {
      if (!resource.drift.type.startsWith("aws:")) return [];
      const found = textsOf(resource).flatMap((text) => about.get(text) ?? []);
      const fitting = found.filter((match) => fits(match, resource)).map(({ event }) => event);
      return told([...new Set(fitting)], resource).map(attributionOf);
    },
  };
}

/** Every text that names the resource, as either side holds it. */
function textsOf({ before, after, drift }: DriftedResource): readonly string[] {
  const texts = [before, after].flatMap((each) => {
    if (each === undefined) return [];
    const { zoneId, name, type, setIdentifier } = each.resource.properties;
    const record = drift.type === recordType ? recordSetName(zoneId, name, type, setIdentifier) : undefined;
    // A record is named whole: its name alone is as well that of its siblings, and its zone's.
    return drift.type === recordType ? (record ?? []) : identifiersOf(each.resource);
  });
  return [...new Set(texts)];
}

const [recordType] = recordTypes;

function fits({ event, subject }: Match, resource: DriftedResource): boolean {
  const { drift, region } = resource;
  const deployed = deployedAt(resource);
  if (deployed !== undefined && event.time <= deployed) return false;
  if (!changesType(event.service, drift.type)) return false;
  const account = accountOf(resource);
  if (account !== undefined && event.account !== undefined && account !== event.account) return false;
  const text = subject.text;
  // An ARN or a URL names its region itself.
  const isPlaced = text.startsWith("arn:") || text.startsWith("https:");
  if (!isPlaced && !isGlobal(event.service) && (region === undefined || event.region !== region)) return false;
  return isUnique(text) ? isFacet(drift.type, subject.noun, event.name) : isCalled(subject, event, resource);
}

/** An ARN, a URL, a record's whole name, or an id that AWS has drawn: no two objects have one. */
function isUnique(text: string): boolean {
  return (
    /^(?:arn:|https:|record )/.test(text) ||
    /^[a-z]+(?:-[a-z]+)*-[0-9a-f]{8,}$/.test(text) ||
    /^(?:mrk-)?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/.test(text)
  );
}

/** A plain name is unique among objects of one kind only, and some names in their cluster only. */
function isCalled({ noun, cluster }: Subject, { name }: CloudTrailEvent, { drift, before, after }: DriftedResource) {
  const own = typeNoun(drift.type).toLowerCase();
  const kind = own === "clusterinstance" ? "instance" : own;
  const sameKind = noun === "" ? name.toLowerCase().includes(kind) : kind === noun;
  if (!sameKind && !(noun !== "" && kind.startsWith(noun) && isFacet(drift.type, noun, name))) return false;
  const clusters = [before, after].flatMap((each) => (each === undefined ? [] : clusterOf(each.resource.properties)));
  return cluster === undefined || clusters.length === 0 || clusters.some((each) => tail(each) === tail(cluster));
}

/**
 * A resource such as `aws:s3/bucketVersioning:BucketVersioning` is one facet of what it is named for: of the calls
 * about a bucket those count that speak of versions, or that are about the bucket as a whole.
 */
function isFacet(type: string, noun: string, eventName: string): boolean {
  const whole = typeNoun(type);
  if (noun === "" || whole.length === noun.length || !whole.toLowerCase().startsWith(noun)) return true;
  const facet = whole.slice(noun.length).match(/[A-Z][a-z]+/g) ?? [];
  const words = facet.map((word) => word.toLowerCase()).filter((word) => !/^config/.test(word));
  const called = eventName.toLowerCase();
  return called.endsWith(noun) || words.some((word) => called.includes(word));
}

/** `Service` of `aws:ecs/service:Service`. */
function typeNoun(type: string): string {
  return type.slice(type.lastIndexOf(":") + 1);
}

function clusterOf(properties: Properties): readonly string[] {
  return ["cluster", "clusterName", "clusterIdentifier"]
    .map((key) => field(properties, key))
    .filter((value) => typeof value === "string" && value !== "") as readonly string[];
}

/** A name, out of the name itself or an ARN that ends with it. */
function tail(text: string): string {
  return text.slice(Math.max(text.lastIndexOf("/"), text.lastIndexOf(":")) + 1);
}

function accountOf({ before, after }: DriftedResource): string | undefined {
  const arn = field((before ?? after)?.resource.properties, "arn");
  const number = typeof arn === "string" ? arn.split(":", 6)[4] : undefined;
  return number === "" ? undefined : number;
}

const makingCalls = /^(?:Create|Run|Launch|Allocate|Register|Restore|Copy|Import|Put|Change)/;
const endingCalls = /^(?:Delete|Terminate|Remove|Deregister|Release|Change)|Deletion$/;

/**
 * Of what fits, what can have done this: ended what is gone, made what is unmanaged, set the property that has changed.
 */
function told(events: readonly CloudTrailEvent[], { drift }: DriftedResource): readonly CloudTrailEvent[] {
  switch (drift.kind) {
    case "gone":
      return events.filter(({ name }) => endingCalls.test(name));
    case "unmanaged":
      return events.filter(({ name }) => makingCalls.test(name));
    case "changed": {
      const changed = new Set(drift.changes.flatMap(({ path }) => segments(path).map((part) => part.toLowerCase())));
      const speaking = events.filter(({ parameters }) => [...changed].some((part) => parameters.has(part)));
      return speaking.length > 0 ? speaking : events;
    }
    default:
      return drift.kind satisfies never;
  }
}

function attributionOf({ eventId, name, time, who }: CloudTrailEvent): Attribution {
  return { source: "cloudTrail", who, when: utcSeconds(time), what: name, eventId };
}
