import * as pulumi from "@pulumi/pulumi";
import type { ServiceSpec } from "../../estate";
import { type Mistake, componentTypes, stretchedClusterOf } from "../../model";
import { type ServiceIdentity, published } from "../common/identity";
import { argumentMistake, refuseIfAny } from "../common/refuse";
import type { ClusterOptions } from "../data/globalDatabase";
import { createServiceStore } from "../data/serviceStore";
import { type DnsTarget, FailoverDns } from "../dns/failoverDns";
import { kubernetesServiceMistakes } from "../kubernetes/kubernetesService";
import { awsServiceMistakes } from "../service/mistakes";
import { publicName } from "../wiring/names";
import { createPodRole } from "./podRole";
import { type Place, byCluster, placeOf } from "./place";
import type { ActiveActiveServiceArgs } from "./serviceArgs";
import { identityOf } from "./serviceIdentity";
import { type ServicePlan, planService } from "./servicePlan";
import { siteWeights } from "./siteWeights";
import { type CreatedUnits, type PlacedUnits, createReserve, createUnits } from "./serviceUnits";

/**
 * A service that serves from all of its sites at once, each with enough units running that the loss of any failure
 * domain of its tier's kinds leaves the peak served. Its constructor refuses a layout that no number of units can save.
 * Providers of the facilities' clusters are given with the options, by the site's name.
 *
 * Cost: with n equal sites of which a loss takes k, n / (n - k) times the units of the peak run day and night.
 */
export class ActiveActiveService extends pulumi.ComponentResource {
  /** Name under which users reach it. */
  readonly domainName: string;
  readonly plan: ServicePlan;
  /** What was made in each site. */
  readonly units: readonly CreatedUnits[];
  /** Health checks of a public service's addresses, by the site's name. */
  readonly checkIds: FailoverDns["checkIds"];

  constructor(name: string, args: ActiveActiveServiceArgs, options: ClusterOptions = {}) {
    const { service, dns, places } = args;
    const plan = planOf(args);
    const { clusters = {}, ...rest } = options;
    const identity = identityOf(service);
    const stated = {
      ...published(identity),
      domainName: publicName(service.name, dns.domain),
      sites: plan.sites.map(({ site }) => site.name),
      units: Object.fromEntries(plan.sites.map(({ site, units }) => [site.name, units])),
      reserve: Object.fromEntries(plan.sites.map(({ site, reserveUnits }) => [site.name, reserveUnits])),
      bindingLoss: plan.binding.lost,
    };
    super(componentTypes.activeActiveService, name, stated, rest);
    this.plan = plan;
    this.domainName = stated.domainName;

    const store = createServiceStore(args, { parent: this, clusters });
    const placed: readonly PlacedUnits[] = byCluster(
      plan.sites.map((planned) => ({ ...planned, place: placeOf(places, planned.site.name) })),
    );
    const access = store(undefined);
    const tokenProviderArns = tokenProvidersOf(plan.sites.map(({ site }) => placeOf(places, site.name)));
    const roleArn =
      access.grants.length > 0 && tokenProviderArns.length > 0
        ? createPodRole(this, `${service.name}-pods`, { identity, tokenProviderArns, grants: access.grants })
        : undefined;
    const context = { parent: this, args, identity, store, clusters, roleArn };
    this.units = placed.map((one) => createUnits(context, one));
    for (const one of this.units) createReserve(context, one);
    this.checkIds = service.kind === "public" ? createDns(this, args, identity, this.units).checkIds : {};
    this.registerOutputs(stated);
  }
}

/** The members of a stretched cluster share one provider. */
function tokenProvidersOf(places: readonly Place[]): readonly pulumi.Input<string>[] {
  const seen = new Set<string>();
  return places.flatMap((place) => {
    if (place.kind !== "facility" || place.tokenProviderArn === undefined) return [];
    const key = stretchedClusterOf(place.site) ?? place.site.name;
    if (seen.has(key)) return [];
    seen.add(key);
    return [place.tokenProviderArn];
  });
}

/** Plans and checks everything that can be checked without a resource. */
export function planOf({
  service,
  requirement,
  acceptedLosses,
  places,
}: Pick<ActiveActiveServiceArgs, "service" | "requirement" | "acceptedLosses" | "places">) {
  const sites = service.sites.map((name) => placeOf(places, name).site);
  const plan = planService({
    service: service.name,
    peakRps: service.peakRps,
    unitRps: service.unitRps,
    leastShare: service.objectives.leastShare,
    sites,
    requirement,
    acceptedLosses,
    units: service.units,
  });
  const drained = new Set(sites.filter((site) => site.drained).map((site) => site.name));
  refuseIfAny([...unitMistakes(service, plan), ...drainMistakes(service, plan, drained)]);
  return plan;
}

/** What the units' own components would refuse. */
function unitMistakes({ name, kind, compute, scaling, port }: ServiceSpec, plan: ServicePlan): readonly Mistake[] {
  return plan.sites.flatMap(({ site, units }) => {
    const full = `${name}-${site.name}`;
    return site.kind === "cloud"
      ? awsServiceMistakes(full, { units, kind, compute, scaling, port, certificateArn: "" })
      : kubernetesServiceMistakes(full, { units, kind, port, hosts: [full] });
  });
}

/** A site is left only where the others carry the peak with what runs in them. */
function drainMistakes(service: ServiceSpec, plan: ServicePlan, drained: ReadonlySet<string>): readonly Mistake[] {
  if (drained.size === 0) return [];
  const left = plan.sites.filter(({ site }) => !drained.has(site.name));
  const capacity = left.reduce((sum, { units }) => sum + units, 0) * service.unitRps;
  const leaves = plan.sites.some(({ site }) => drained.has(site.name));
  if (!leaves || capacity >= service.peakRps) return [];
  return [
    argumentMistake(
      "DPX236",
      service.name,
      `With ${[...drained].sort().join(", ")} drained, ${capacity} requests per second are left of the ` +
        `${service.peakRps} of the peak.`,
      "Bring a site back first, or add units elsewhere.",
    ),
  ];
}

function createDns(
  parent: ActiveActiveService,
  args: ActiveActiveServiceArgs,
  identity: ServiceIdentity,
  all: readonly CreatedUnits[],
): FailoverDns {
  const { service, dns, zoneId } = args;
  const weights = siteWeights(
    all.map(({ units, entrance }) => ({
      units,
      addresses: entrance?.kind === "addresses" ? entrance.addresses.length : 1,
    })),
  );
  const targets = all.map(({ place, entrance }, index): DnsTarget => {
    if (!entrance) throw new Error(`${service.name} is public and has no entrance in ${place.site.name}.`);
    const weight = place.site.drained ? 0 : (weights[index] ?? 1);
    const region = place.kind === "cloud" ? { region: place.site.region } : {};
    return { ...entrance, site: place.site.name, weight, ...region };
  });
  return new FailoverDns(
    service.name,
    {
      identity,
      zoneId,
      domainName: parent.domainName,
      targets,
      lastResort: dns.lastResort,
      ttlSeconds: dns.ttlSeconds,
      intervalSeconds: dns.healthCheckIntervalSeconds,
      failureThreshold: dns.healthCheckThreshold,
      healthPath: service.healthPath,
    },
    { parent },
  );
}
