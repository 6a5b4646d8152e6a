/** Things of AWS that a text names: by ARN, by the host of a regional service, by the address of an image. */
import type { DependencyStrength, Layer } from "../../model";

/** A thing in one region, as a text names it. */
export interface NamedInRegion {
  readonly region: string;
  /** The layer that it is of, where a workload needs it before it starts. */
  readonly layer?: Layer;
  readonly strength?: DependencyStrength;
  /** What its owner calls it. */
  readonly name: string;
  /** Texts by which a resource of the stack may be known, the best first. */
  readonly identifiers: readonly string[];
}

/** What is read before a start, by the service of its ARN or host. */
const startLayers: Readonly<Record<string, Layer>> = {
  secretsmanager: "secrets",
  ssm: "secrets",
  kms: "keys",
  ecr: "registry",
};

const arnPattern = /\barn:aws[a-z-]*:([a-z0-9-]+):([a-z0-9-]*):(\d*):([^\s"',;]+)/g;
const imagePattern = /^\d+\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/;
const hostPattern =
  /\b([a-z0-9-]+)(?:\.[a-z0-9-]+)*?\.([a-z]{2}(?:-[a-z]+)+-\d)\.(?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?/g;

/** Everything in a text that stands in one region of AWS. */
export function namedInRegions(text: string): readonly NamedInRegion[] {
  return [...byImage(text), ...byArn(text), ...byHost(text)];
}

function byImage(text: string): readonly NamedInRegion[] {
  const [, region, name] = imagePattern.exec(text) ?? [];
  if (region === undefined || name === undefined) return [];
  const url = text.replace(/[@].*$/, "").replace(/:[^/:]*$/, "");
  return [{ region, name, layer: "registry", strength: "startup", identifiers: [url] }];
}

function byArn(text: string): readonly NamedInRegion[] {
  return [...text.matchAll(arnPattern)].flatMap(([arn, service = "", region = "", account = "", rest = ""]) => {
    if (region === "") return [];
    const layer = startLayers[service];
    return [
      {
        region,
        name: nameIn(rest),
        ...(layer === undefined ? {} : { layer, strength: "startup" as const }),
        identifiers: identifiersOf(arn, service, region, account, rest),
      },
    ];
  });
}

/**
 * A secret's ARN may be followed by a key of its JSON, a stage and a version, and may be without the six characters
 * that Secrets Manager adds to the name.
 */
function identifiersOf(arn: string, service: string, region: string, account: string, rest: string): readonly string[] {
  if (service !== "secretsmanager") return [arn, ...(service === "sqs" ? [rest] : [])];
  const [kind = "", name = ""] = rest.split(":");
  return [`${arn.slice(0, arn.length - rest.length)}${kind}:${name}`, `${region} ${account} ${withoutSuffix(name)}`];
}

function nameIn(rest: string): string {
  const [, name = rest] = /^(?:[a-z-]+[:/])(.+)$/.exec(rest) ?? [];
  return withoutSuffix(name.split(":")[0] ?? name);
}

function withoutSuffix(name: string): string {
  return name.replace(/-[A-Za-z0-9]{6}$/, "");
}

function byHost(text: string): readonly NamedInRegion[] {
  return [...text.matchAll(hostPattern)].flatMap(([host, first = "", region = ""]) =>
    host.includes(".dkr.ecr") ? [] : [{ region, name: first, identifiers: [host] }],
  );
}
