/**
 * What ExternalDNS makes of an object: records of the names that its annotations give ("Annotations and Labels"), or that
 * a DNSEndpoint lists ("CRD source").
 */
import type { Resource, Value } from "../../resource";
import { at, entries, field, items, text, texts } from "../../values";

export const endpointTypes = ["kubernetes:externaldns.k8s.io/v1alpha1:DNSEndpoint"] as const;

/** One record set that is to be made. */
export interface Endpoint {
  readonly object: Resource;
  /** In lower case, without a dot at its end. */
  readonly name: string;
  readonly recordType: string;
  /** What it leads to where that is written out; undefined where it is the object's own address. */
  readonly targets?: readonly string[];
  /** As it is written: seconds or a duration. */
  readonly ttl: Value;
  /** The property that `ttl` stands in. */
  readonly ttlProperty: string;
  readonly setIdentifier?: string;
  /** Settings of the provider's own, such as `aws/weight`. */
  readonly settings: ReadonlyMap<string, Value>;
}

const prefixes = ["external-dns.alpha.kubernetes.io/", "external-dns.kubernetes.io/"] as const;
/** Annotations that are no settings of a provider. */
const own: ReadonlySet<string> = new Set(["hostname", "internal-hostname", "ttl", "target", "controller", "access"]);
const providers = ["aws", "cloudflare", "ibmcloud", "scw", "google", "azure", "oci"] as const;

export function endpointsOf(object: Resource): readonly Endpoint[] {
  return endpointTypes.some((type) => type === object.type) ? listed(object) : annotated(object);
}

function listed(object: Resource): readonly Endpoint[] {
  return items(at(object.properties, "spec", "endpoints")).flatMap((one, index): readonly Endpoint[] => {
    const name = text(field(one, "dnsName"));
    if (name === undefined) return [];
    const settings = items(field(one, "providerSpecific")).flatMap((setting) => {
      const key = text(field(setting, "name"));
      return key === undefined ? [] : [[key, field(setting, "value")] as const];
    });
    const setIdentifier = text(field(one, "setIdentifier"));
    return [
      {
        object,
        name: plainName(name),
        recordType: text(field(one, "recordType")) ?? "A",
        targets: texts(field(one, "targets")),
        ttl: field(one, "recordTTL"),
        ttlProperty: `spec.endpoints[${index}].recordTTL`,
        ...(setIdentifier === undefined ? {} : { setIdentifier }),
        settings: new Map(settings),
      },
    ];
  });
}

function annotated(object: Resource): readonly Endpoint[] {
  const all = entries(at(object.properties, "metadata", "annotations"));
  const given = new Map<string, Value>();
  for (const [key, value] of all) {
    const prefix = prefixes.find((one) => key.startsWith(one));
    if (prefix !== undefined) given.set(key.slice(prefix.length), value);
  }
  // It leaves objects alone that name another controller.
  const controller = given.get("controller");
  if (given.size === 0 || (controller !== undefined && controller !== "dns-controller")) return [];
  const names = [...commaParted(given.get("hostname")), ...hostsOf(object)].map(plainName);
  const targets = commaParted(given.get("target"));
  const setIdentifier = text(given.get("set-identifier"));
  return [...new Set(names)].map((name) => ({
    object,
    name,
    recordType: "A",
    ...(targets.length === 0 ? {} : { targets }),
    ttl: given.get("ttl"),
    ttlProperty: `metadata.annotations["${prefixes[0]}ttl"]`,
    ...(setIdentifier === undefined ? {} : { setIdentifier }),
    settings: settingsIn(given),
  }));
}

/** `aws-weight` is what a DNSEndpoint calls `aws/weight`. */
function settingsIn(given: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>();
  for (const [key, value] of given) {
    if (own.has(key)) continue;
    const provider = providers.find((one) => key.startsWith(`${one}-`));
    found.set(provider === undefined ? key : `${provider}/${key.slice(provider.length + 1)}`, value);
  }
  return found;
}

/** Names that an Ingress or a route has by itself. */
function hostsOf({ type, properties }: Resource): readonly string[] {
  const spec = field(properties, "spec");
  if (type.endsWith(":Ingress")) {
    const hosts = items(field(spec, "rules")).flatMap((rule) => text(field(rule, "host")) ?? []);
    return [...hosts, ...items(field(spec, "tls")).flatMap((one) => texts(field(one, "hosts")))];
  }
  return type.endsWith("Route") ? texts(field(spec, "hostnames")) : [];
}

function commaParted(value: Value): readonly string[] {
  const parts = text(value)?.split(",") ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

const unitSeconds: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };

/** Seconds of a time to live, as a number or as a duration of Go such as `1m30s`; undefined for anything else. */
export function secondsOf(value: Value): number | undefined {
  const written = typeof value === "number" ? String(value) : text(value);
  if (written === undefined) return undefined;
  if (/^\d+$/.test(written)) return Number(written);
  const parts = [...written.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== written) return undefined;
  return parts.reduce((sum, [, count, unit = "s"]) => sum + Number(count) * (unitSeconds[unit] ?? 1), 0);
}
