/**
 * Values that are written otherwise and mean the same. Each way to write has its source; what none of them knows is
 * compared as it stands.
 */
import type { Value } from "../../inventory/resource";
import { decoded } from "../../inventory/secrets/text";
import { sameAddress, sameDnsName } from "./address";
import { sameJson } from "./json";
import { sameDuration, sameQuantity } from "./quantity";

/** @param names members from the resource to the value, without the indexes of lists */
export function meansTheSame(type: string, names: readonly string[], one: Value, other: Value): boolean {
  if (typeof one === "string" && typeof other === "string") return sameText(type, names, one, other);
  if (!isScalar(one) || !isScalar(other)) return false;
  if (type.startsWith("kubernetes:") && !isUnknownType(one) && !isUnknownType(other)) {
    if (sameQuantity(names, one, other)) return true;
    // An IntOrString: a text is the name of a port.
    if (/ports?$/i.test(names.at(-1) ?? "")) return false;
  }
  return String(one) === String(other);
}

function isScalar(value: Value): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function isUnknownType(value: string | number | boolean): value is boolean {
  return typeof value === "boolean";
}

function sameText(type: string, names: readonly string[], one: string, other: string): boolean {
  const key = names.at(-1) ?? "";
  const json = sameJson(one, other);
  if (json !== undefined) return json;
  if (type.startsWith("kubernetes:")) {
    if (sameQuantity(names, one, other)) return true;
    return /(?:duration|timeout|interval|renewBefore)$/i.test(key) && sameDuration(one, other);
  }
  if (sameAddress(one, other, /cidr|blocks?$|ranges?$|prefix/i.test(key)) || sameInstant(one, other)) return true;
  if (isDnsKey(type, key) && sameDnsName(one, other)) return true;
  return sameOfAws(key, one, other);
}

/** Instants with their zone (RFC 3339). */
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/i;

function sameInstant(one: string, other: string): boolean {
  return instant.test(one) && instant.test(other) && Date.parse(one) === Date.parse(other);
}

const dnsKeys: ReadonlySet<string> = new Set([
  ...["fqdn", "dnsName", "domainName", "domainNames", "hostName", "hostname", "host", "domain", "zoneName", "aliases"],
  ...["subjectAlternativeNames", "nameServers", "mailFromDomain"],
]);

/** A name is one of DNS where the type says so: of a zone and its records, whose values are names too. */
function isDnsKey(type: string, key: string): boolean {
  return dnsKeys.has(key) || (/^aws:route53\/(?:record|zone):/.test(type) && /^(?:name|records)$/.test(key));
}

/** EC2 API reference, IpPermission: a protocol by its name or number (IANA, "Protocol Numbers"). */
const protocols: Readonly<Record<string, string>> = { "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6", all: "-1" };

function sameOfAws(key: string, one: string, other: string): boolean {
  if (/^(?:ip)?protocol$/i.test(key)) return protocolOf(one) === protocolOf(other);
  // Amazon RDS API reference: days may be written with capitals, and come back without.
  if (/(?:maintenance|backup|snapshot)Window$/i.test(key)) return one.toLowerCase() === other.toLowerCase();
  if (/userData|base64/i.test(key)) return sameBytes(one, other);
  // RFC 7468, 2: white space around the base64 of a certificate means nothing.
  if (one.startsWith("-----BEGIN")) return one.replace(/\s+/g, "") === other.replace(/\s+/g, "");
  return sameArn(one, other) || sameArn(other, one);
}

function protocolOf(text: string): string {
  const name = text.toLowerCase();
  return protocols[name] ?? name;
}

/** A text and its base64, or two of its forms (RFC 4648, 3.1 to 3.3 and 5). */
function sameBytes(one: string, other: string): boolean {
  const formsOf = (text: string): readonly string[] => [text, ...decoded(text)];
  return formsOf(one).some((form) => formsOf(other).includes(form));
}

/**
 * An object by its ARN and by its name or id, where a call takes either (AWS KMS, "Key identifiers"; Amazon ECS,
 * "short name or full ARN"); a group of logs with and without `:*` (CloudWatch Logs API, LogGroup).
 */
function sameArn(arn: string, name: string): boolean {
  if (!arn.startsWith("arn:") || name === "") return false;
  if (name.startsWith("arn:")) return arn.includes(":log-group:") && arn === `${name}:*`;
  return arn.endsWith(`/${name}`) || arn.endsWith(`:${name}`);
}
