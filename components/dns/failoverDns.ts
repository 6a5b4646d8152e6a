import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { type Mistake, componentTypes } from "../../model";
import { type ServiceIdentity, awsTags, published } from "../common/identity";
import { argumentMistake, outsideRange, refuseIfAny } from "../common/refuse";

interface TargetBase {
  /** Site that answers here. Its name is part of the records' set identifiers: a change replaces them. */
  readonly site: string;
  /** Share of the answers as a whole number relative to the other targets, 0 to 255; 0 drains the site. In place. */
  readonly weight: number;
  /** Code of the AWS region that the site is, so that it is not measured from inside. @default a facility: none */
  readonly region?: string;
}

/** A load balancer of AWS without fixed addresses, answered as an alias, which clients keep for 60 seconds. */
export interface BalancerTarget extends TargetBase {
  readonly kind: "balancer";
  readonly dnsName: pulumi.Input<string>;
  readonly balancerZoneId: pulumi.Input<string>;
}

/** A fixed address, and what tells it from the site's others: its zone. */
export interface SiteAddress {
  /** @default the site has one address */
  readonly zone?: string;
  readonly address: pulumi.Input<string>;
}

/** Fixed addresses, each measured and answered by itself, so that a zone leaves alone. */
export interface AddressTarget extends TargetBase {
  readonly kind: "addresses";
  readonly addresses: readonly SiteAddress[];
}

export type DnsTarget = BalancerTarget | AddressTarget;

export interface FailoverDnsArgs {
  /** The service that the name leads to. */
  readonly identity: ServiceIdentity;
  /** Hosted zone of the domain. */
  readonly zoneId: pulumi.Input<string>;
  /** The whole name, such as `messenger.duplex.example`. A change replaces the records. */
  readonly domainName: string;
  /** Where the name leads to, all answering at once; at least two sites. */
  readonly targets: readonly DnsTarget[];
  /** IPv4 addresses answered when every target is dead; at least one. In place. */
  readonly lastResort: readonly string[];
  /**
   * Time to live of an answer in seconds, 30 to 60: the longest time that a client keeps a dead address. @default 30
   */
  readonly ttlSeconds?: number;
  /** Seconds between two measurements, 10 or 30. A change replaces the checks. @default 10 */
  readonly intervalSeconds?: 10 | 30;
  /** Failures in a row until a target is dead, 1 to 10; detection takes interval × threshold. @default 2 */
  readonly failureThreshold?: number;
  /** Path that answers 200 only when the site can do its work. @default /healthz/deep */
  readonly healthPath?: string;
}

const defaultTtlSeconds = 30;
const defaultThreshold = 2;
const defaultIntervalSeconds = 10;

/** Where Route 53 measures from; three are asked, which is the fewest that it takes. */
const checkerRegions = ["ap-southeast-1", "us-west-2", "eu-west-1", "ap-northeast-1"] as const;
const leastCheckers = 3;

/** Route 53's name of "measured by": the regions that are not the target's own. */
export function observersOf(region: string | undefined): readonly string[] {
  return checkerRegions.filter((checker) => checker !== region).slice(0, leastCheckers);
}

/**
 * One name that every site answers for. Each address is measured over HTTPS from three regions outside of its site, and
 * leaves the answers by itself when it fails; no call to a control plane is needed. When all are dead the last resort
 * answers: its weight is zero, and Route 53 looks at such records only then.
 *
 * A dead site is left after detection and the time to live: 10 s × 2 + 30 s = 50 s unless something else is said.
 * Weights rather than latency decide, for the shares must follow the units that each site runs.
 *
 * Cost: a check of HTTPS every 10 seconds for each address.
 */
export class FailoverDns extends pulumi.ComponentResource {
  readonly domainName: string;
  /** Health checks of the site's addresses, by the site's name. */
  readonly checkIds: Readonly<Record<string, readonly pulumi.Output<string>[]>>;

  constructor(name: string, args: FailoverDnsArgs, options?: pulumi.ComponentResourceOptions) {
    refuseIfAny(failoverDnsMistakes(name, args));
    const { service, tier } = published(args.identity);
    const stated = { service, tier, name: args.domainName, sites: args.targets.map(({ site }) => site) };
    super(componentTypes.failoverDns, name, stated, options);
    this.domainName = args.domainName;

    this.checkIds = Object.fromEntries(
      args.targets.map((target) => [
        target.site,
        answersOf(target).map((answer) => createAnswer(this, name, args, target, answer).id),
      ]),
    );
    createLastResort(this, name, args);
    this.registerOutputs(stated);
  }
}

/** All mistakes in the arguments. */
function failoverDnsMistakes(name: string, args: FailoverDnsArgs): readonly Mistake[] {
  const sites = args.targets.map((target) => target.site);
  const twice = sites.filter((site, index) => sites.indexOf(site) < index);
  const serving = args.targets.filter(({ weight }) => weight > 0);
  return [
    ...outsideRange("DPX209", name, "ttlSeconds", args.ttlSeconds ?? defaultTtlSeconds, 30, 60),
    ...outsideRange("DPX210", name, "failureThreshold", args.failureThreshold ?? defaultThreshold, 1, 10),
    ...args.targets.flatMap(({ site, weight }) => outsideRange("DPX211", `${name} ${site}`, "weight", weight, 0, 255)),
    ...(args.targets.length === 0 || serving.length > 0
      ? []
      : [
          argumentMistake(
            "DPX211",
            name,
            "Every target has weight 0: nothing would answer.",
            "Let one of the sites serve.",
          ),
        ]),
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
    ...args.targets
      .filter((target) => target.kind === "addresses" && target.addresses.length === 0)
      .map(({ site }) =>
        argumentMistake("DPX212", name, `The target "${site}" has no address.`, "Give it one, or leave it out."),
      ),
    ...(args.lastResort.length > 0
      ? []
      : [argumentMistake("DPX213", name, "lastResort must hold an address, but is empty.", "Give a notice page's.")]),
  ];
}

/** One answer of a site. */
interface SiteAnswer {
  /** Part of the record's name and its set identifier. */
  readonly id: string;
  readonly weight: number;
  /** Where the checkers knock. */
  readonly measured: Pick<route53.HealthCheckArgs, "fqdn" | "ipAddress">;
  readonly answer: Pick<route53.RecordArgs, "aliases" | "records" | "ttl">;
}

function answersOf(target: DnsTarget): readonly ((args: FailoverDnsArgs) => SiteAnswer)[] {
  const { site, weight } = target;
  if (target.kind === "balancer") {
    return [
      () => ({
        id: site,
        weight,
        measured: { fqdn: target.dnsName },
        answer: { aliases: [{ name: target.dnsName, zoneId: target.balancerZoneId, evaluateTargetHealth: true }] },
      }),
    ];
  }
  return target.addresses.map(({ zone, address }) => ({ domainName, ttlSeconds = defaultTtlSeconds }) => ({
    id: zone === undefined ? site : `${site}-${zone}`,
    // A site's share is that of its addresses together; none of them may round to nothing.
    weight: weight === 0 ? 0 : Math.max(1, Math.round(weight / target.addresses.length)),
    measured: { ipAddress: address, fqdn: domainName },
    answer: { records: [address], ttl: ttlSeconds },
  }));
}

function createAnswer(
  parent: FailoverDns,
  name: string,
  args: FailoverDnsArgs,
  target: DnsTarget,
  answerOf: (args: FailoverDnsArgs) => SiteAnswer,
): route53.HealthCheck {
  const { id, weight, measured, answer } = answerOf(args);
  const check = new route53.HealthCheck(
    `${name}-${id}`,
    {
      type: "HTTPS",
      port: 443,
      enableSni: true,
      ...measured,
      resourcePath: args.healthPath ?? "/healthz/deep",
      requestInterval: args.intervalSeconds ?? defaultIntervalSeconds,
      failureThreshold: args.failureThreshold ?? defaultThreshold,
      regions: [...observersOf(target.region)],
      tags: { Name: `${name}-${id}`, ...awsTags(args.identity, target.site) },
    },
    { parent },
  );
  new route53.Record(
    `${name}-${id}`,
    {
      zoneId: args.zoneId,
      name: args.domainName,
      type: "A",
      setIdentifier: id,
      weightedRoutingPolicies: [{ weight }],
      healthCheckId: check.id,
      ...answer,
    },
    { parent },
  );
  return check;
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
      ttl: args.ttlSeconds ?? defaultTtlSeconds,
    },
    { parent },
  );
}
