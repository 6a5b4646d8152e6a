import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { type Mistake, componentTypes } from "../../model";
import { type ServiceIdentity, awsTags, published } from "../common/identity";
import { argumentMistake, outsideRange, refuseIfAny } from "../common/refuse";

interface TargetBase {
  /** Site that answers here. Its name is the record's set identifier: a change replaces the record. */
  readonly site: string;
  /** Share of the answers as a whole number, 1 to 255, relative to the other targets. In place. */
  readonly weight: number;
  /** Code of the AWS region that the site is, so that it is not measured from inside. @default a facility: none */
  readonly region?: string;
}

/** A load balancer of AWS, answered as an alias. */
export interface BalancerTarget extends TargetBase {
  readonly kind: "balancer";
  readonly dnsName: pulumi.Input<string>;
  readonly balancerZoneId: pulumi.Input<string>;
}

/** A fixed address. */
export interface AddressTarget extends TargetBase {
  readonly kind: "address";
  readonly address: pulumi.Input<string>;
}

export type DnsTarget = BalancerTarget | AddressTarget;

export interface FailoverDnsArgs {
  /** The service that the name leads to. */
  readonly identity: ServiceIdentity;
  /** Hosted zone of the domain. */
  readonly zoneId: pulumi.Input<string>;
  /** The whole name, such as `messenger.duplex.example`. A change replaces the records. */
  readonly domainName: string;
  /** Where the name leads to, all answering at once; at least two. */
  readonly targets: readonly DnsTarget[];
  /** IPv4 addresses answered when every target is dead; at least one. In place. */
  readonly lastResort: readonly string[];
  /** Time to live of an answer in seconds, 30 to 60: the longest time that a client keeps a dead address. @default 30 */
  readonly ttlSeconds?: number;
  /** Seconds between two measurements, 10 or 30. A change replaces the checks. @default 10 */
  readonly intervalSeconds?: 10 | 30;
  /** Failures in a row until a target is dead, 1 to 10; detection takes interval × threshold. @default 3 */
  readonly failureThreshold?: number;
  /** Path that answers 200 only when the site can do its work. @default /healthz/deep */
  readonly healthPath?: string;
  /** Whether targets speak HTTP on port 80 or HTTPS on port 443. @default HTTP */
  readonly protocol?: "HTTP" | "HTTPS";
}

/** Where Route 53 measures from; three are asked, which is the fewest that it takes. */
const checkerRegions = ["ap-southeast-1", "us-west-2", "eu-west-1", "ap-northeast-1"] as const;
const leastCheckers = 3;

/** Route 53's name of "measured by": the regions that are not the target's own. */
export function observersOf(region: string | undefined): readonly string[] {
  return checkerRegions.filter((checker) => checker !== region).slice(0, leastCheckers);
}

/**
 * One name that every site answers for. Each target is measured from three regions outside of it, and leaves the answers by
 * itself when it fails; no call to a control plane is needed. When all targets are dead the last resort answers: its weight is
 * zero, and Route 53 looks at such records only then.
 *
 * Weights rather than latency decide, for the shares must follow the units that each site runs.
 */
export class FailoverDns extends pulumi.ComponentResource {
  readonly domainName: string;

  constructor(name: string, args: FailoverDnsArgs, options?: pulumi.ComponentResourceOptions) {
    refuseIfAny(failoverDnsMistakes(name, args));
    super(componentTypes.failoverDns, name, {}, options);
    this.domainName = args.domainName;

    for (const target of args.targets) createAnswer(this, name, args, target, createCheck(this, name, args, target));
    createLastResort(this, name, args);
    const { service, tier } = published(args.identity);
    this.registerOutputs({ service, tier, name: args.domainName, sites: args.targets.map(({ site }) => site) });
  }
}

/** All mistakes in the arguments. */
export function failoverDnsMistakes(name: string, args: FailoverDnsArgs): readonly Mistake[] {
  const sites = args.targets.map((target) => target.site);
  const twice = sites.filter((site, index) => sites.indexOf(site) < index);
  return [
    ...outsideRange("DPX209", name, "ttlSeconds", args.ttlSeconds ?? 30, 30, 60),
    ...outsideRange("DPX210", name, "failureThreshold", args.failureThreshold ?? 3, 1, 10),
    ...args.targets.flatMap(({ site, weight }) => outsideRange("DPX211", `${name} ${site}`, "weight", weight, 1, 255)),
    ...twice.map((site) =>
      argumentMistake("DPX212", name, `The site "${site}" is a target twice.`, "Name each site once."),
    ),
    ...(sites.length >= 2
      ? []
      : [
          argumentMistake(
            "DPX212",
            name,
            `targets must be at least two sites, but there ${sites.length === 1 ? "is one" : "is none"}.`,
            "Add a site that can take over.",
          ),
        ]),
    ...(args.lastResort.length > 0
      ? []
      : [argumentMistake("DPX213", name, "lastResort must hold an address, but is empty.", "Give a notice page's.")]),
  ];
}

function createCheck(parent: FailoverDns, name: string, args: FailoverDnsArgs, target: DnsTarget) {
  const { protocol = "HTTP" } = args;
  return new route53.HealthCheck(
    `${name}-${target.site}`,
    {
      type: protocol,
      port: protocol === "HTTP" ? 80 : 443,
      ...(target.kind === "balancer" ? { fqdn: target.dnsName } : { ipAddress: target.address, fqdn: args.domainName }),
      resourcePath: args.healthPath ?? "/healthz/deep",
      requestInterval: args.intervalSeconds ?? 10,
      failureThreshold: args.failureThreshold ?? 3,
      regions: [...observersOf(target.region)],
      tags: { Name: `${name}-${target.site}`, ...awsTags(args.identity, target.site) },
    },
    { parent },
  );
}

function createAnswer(
  parent: FailoverDns,
  name: string,
  args: FailoverDnsArgs,
  target: DnsTarget,
  check: route53.HealthCheck,
) {
  const answer =
    target.kind === "balancer"
      ? { aliases: [{ name: target.dnsName, zoneId: target.balancerZoneId, evaluateTargetHealth: true }] }
      : { records: [target.address], ttl: args.ttlSeconds ?? 30 };
  new route53.Record(
    `${name}-${target.site}`,
    {
      zoneId: args.zoneId,
      name: args.domainName,
      type: "A",
      setIdentifier: target.site,
      weightedRoutingPolicies: [{ weight: target.weight }],
      healthCheckId: check.id,
      ...answer,
    },
    { parent },
  );
}

function createLastResort(parent: FailoverDns, name: string, args: FailoverDnsArgs) {
  new route53.Record(
    `${name}-last-resort`,
    {
      zoneId: args.zoneId,
      name: args.domainName,
      type: "A",
      setIdentifier: "last-resort",
      weightedRoutingPolicies: [{ weight: 0 }],
      records: [...args.lastResort],
      ttl: args.ttlSeconds ?? 30,
    },
    { parent },
  );
}
