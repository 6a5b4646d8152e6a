/**
 * A record of CloudTrail, as far as it tells who has changed what
 * (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html).
 */
import { UNKNOWN, type Value } from "../inventory/resource";
import { at, entries, field, items, text } from "../inventory/values";

/** A call that has changed something, and what it was about. */
export interface CloudTrailEvent {
  readonly eventId: string | null;
  readonly name: string;
  /** Such as `ecs` for `ecs.amazonaws.com`. */
  readonly service: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly region: string | undefined;
  readonly account: string | undefined;
  readonly who: string | null;
  readonly subjects: readonly Subject[];
  /** All names of parameters, in lower case. */
  readonly parameters: ReadonlySet<string>;
}

/** Something that a call is about, by a text that names it. */
export interface Subject {
  readonly text: string;
  /** What the parameter calls it, in lower case: `service` of `serviceName`; empty for `name` and `resourceArn`. */
  readonly noun: string;
  /** The cluster that it is in, where its name is unique in that only. */
  readonly cluster?: string;
}

/** What a record is: `undefined` for a call that has changed nothing, a text for what is wrong with it. */
export function cloudTrailEvent(record: Value, named: readonly string[] = []): CloudTrailEvent | string | undefined {
  const [name, source, time] = ["eventName", "eventSource", "eventTime"].map((key) => text(field(record, key)));
  if (name === undefined || source === undefined || time === undefined) {
    return 'A record must have "eventTime", "eventName" and "eventSource".';
  }
  const milliseconds = Date.parse(time);
  if (Number.isNaN(milliseconds)) return `"eventTime" must be a time in ISO 8601; found ${JSON.stringify(time)}.`;
  if (changesNothing(record, name)) return undefined;
  const request = field(record, "requestParameters");
  return {
    eventId: text(field(record, "eventID")) ?? null,
    name,
    service: source.replace(/\.amazonaws\.com(?:\.cn)?$/, ""),
    time: milliseconds,
    region: text(field(record, "awsRegion")),
    account: text(field(record, "recipientAccountId")),
    who: whoOf(record),
    subjects: subjectsOf(name, record, named),
    parameters: new Set(parametersIn(request).map(({ key }) => key.toLowerCase())),
  };
}

/** A call that reads, that was refused, or that writes data into an object and leaves the object as it was. */
function changesNothing(record: Value, name: string): boolean {
  const readOnly = field(record, "readOnly");
  const reads =
    typeof readOnly === "boolean" ? readOnly : /^(?:Get|List|Describe|Head|Lookup|BatchGet)[A-Z]/.test(name);
  const isData = field(record, "managementEvent") === false || field(record, "eventCategory") === "Data";
  return reads || isData || text(field(record, "errorCode")) !== undefined;
}

/** Ids of access keys stand nowhere in what is read here; a session may be called after one. */
const accessKey = /\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g;

function whoOf(record: Value): string | null {
  const identity = field(record, "userIdentity");
  const issuer = text(at(identity, "sessionContext", "sessionIssuer", "userName"));
  const session = text(field(identity, "principalId"))?.split(":")[1];
  const account = text(field(identity, "accountId"));
  const who =
    text(field(identity, "arn")) ??
    (issuer === undefined ? undefined : [issuer, session].filter(Boolean).join("/")) ??
    text(field(identity, "userName")) ??
    text(field(identity, "invokedBy")) ??
    text(at(identity, "onBehalfOf", "userId")) ??
    (account === undefined ? undefined : `account ${account}`);
  return who === undefined ? null : who.replace(accessKey, "[access key]");
}

interface Parameter {
  readonly key: string;
  readonly value: string;
  /** True inside of a list: one of several. */
  readonly listed: boolean;
}

/** Deeper than any request. */
const deepest = 12;

function parametersIn(value: Value, key = "", listed = false, depth = 0): readonly Parameter[] {
  if (typeof value === "string") return [{ key, value, listed }];
  if (value === UNKNOWN || typeof value !== "object" || value === null) return [{ key, value: "", listed }];
  if (depth > deepest) return [];
  if (Array.isArray(value)) return items(value).flatMap((item) => parametersIn(item, key, true, depth + 1));
  const own = key === "" ? [] : [{ key, value: "", listed }];
  return [...own, ...entries(value).flatMap(([inner, each]) => parametersIn(each, inner, listed, depth + 1))];
}

const suffix = /(?:Ids?|Arns?|ARNs?|ARNList|Names?|Identifiers?|Urls?)$/;
const makes = /^(?:Create|Run|Launch|Allocate|Register|Start|Restore|Copy|Import|Request|Purchase)(?!Tags$)/;

/** `dBClusterIdentifier` is about a cluster, `autoScalingGroupName` about a group: what the type is called as well. */
function nounOf(key: string): string {
  const stem = key.replace(suffix, "").toLowerCase();
  const bare = stem.replace(/^(?:db|cache|autoscaling|hosted)(?=[a-z])/, "");
  return stem === "resource" || /^(?:ids?|arns?|names?|identifiers?|urls?)$/i.test(key) ? "" : bare;
}

/**
 * What a call is about: the parameters that its own name speaks of (`UpdateService` is about `service`, and uses
 * `cluster`); where it speaks of none (`SetDesiredCapacity`), those that name one thing, then those that list several.
 * A call that makes something only uses what else it names, and its answer names what it has made.
 */
function subjectsOf(name: string, record: Value, named: readonly string[]): readonly Subject[] {
  if (name === "ChangeResourceRecordSets") return recordSets(record);
  const isSpokenOf = ({ key }: Parameter): boolean => name.toLowerCase().includes(nounOf(key));
  const request = identifying(field(record, "requestParameters"));
  const single = request.filter(({ listed }) => !listed);
  const answered = makes.test(name) ? identifying(field(record, "responseElements")) : [];
  const spoken = [...single, ...answered].filter(isSpokenOf);
  const own = spoken.length > 0 ? spoken : makes.test(name) ? request.filter(isSpokenOf) : chosen(single, request);
  const cluster = single.find(({ key }) => nounOf(key) === "cluster" && !own.some((each) => each.key === key))?.value;
  const subjects = own.map(({ key, value }) => ({
    text: value,
    noun: nounOf(key),
    ...(cluster === undefined ? {} : { cluster }),
  }));
  if (subjects.length > 0) return subjects;
  // Only where the request names nothing: these lists hold all that a call has used.
  const listed = items(field(record, "resources")).flatMap((each) => text(field(each, "ARN")) ?? []);
  return makes.test(name) ? [] : [...listed, ...named].map((each) => ({ text: each, noun: "" }));
}

function chosen(single: readonly Parameter[], request: readonly Parameter[]): readonly Parameter[] {
  return single.length > 0 ? single : request;
}

function identifying(value: Value): readonly Parameter[] {
  const names = ({ key, value: each }: Parameter) =>
    suffix.test(key) || key === key.toLowerCase() || each.startsWith("arn:");
  return parametersIn(value).filter(
    (parameter) => parameter.value !== "" && names(parameter) && !/^(?:key|value)$/.test(parameter.key),
  );
}

/** Records are named by their zone, name and type together, and by their place among several of one name. */
function recordSets(record: Value): readonly Subject[] {
  const request = field(record, "requestParameters");
  const zone = text(field(request, "hostedZoneId"));
  return items(at(request, "changeBatch", "changes")).flatMap((change) => {
    const set = field(change, "resourceRecordSet");
    const name = recordSetName(zone, field(set, "name"), field(set, "type"), field(set, "setIdentifier"));
    return name === undefined ? [] : [{ text: name, noun: "" }];
  });
}

/** One text for a record of Route 53; undefined where it is not known. */
export function recordSetName(zone: Value, name: Value, type: Value, set: Value): string | undefined {
  const [zoneText, nameText, typeText] = [text(zone), text(name), text(type)];
  if (zoneText === undefined || nameText === undefined || typeText === undefined) return undefined;
  const bare = nameText.toLowerCase().replace(/\.$/, "").replaceAll("\\052", "*");
  return `record ${zoneText.replace(/^\/?hostedzone\//, "")} ${bare} ${typeText} ${text(set) ?? ""}`;
}
