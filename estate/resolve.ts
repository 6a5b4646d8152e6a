/**
 * From the configuration as written to the estate that components are built from. The configuration has been checked.
 */
import { type Tier, type TierRequirement, defaultRequirements } from "../model";
import { defaultRange } from "./addresses";
import { secondsOf } from "./duration";
import type { EstateConfig } from "./schema";
import type { DataSpec, EstateSpec, ImagesSpec, ServiceSpec, SiteSpec } from "./spec";

/** Fills in what follows from other fields. */
export function resolve(config: EstateConfig): EstateSpec {
  return {
    sites: config.sites.map(resolveSite),
    requirements: {
      critical: requirement("critical", config),
      important: requirement("important", config),
      standard: requirement("standard", config),
    },
    dns: config.dns,
    deletionProtection: config.deletionProtection,
    images: resolveImages(config),
    alarms: config.alarms,
    askForQuotas: config.askForQuotas,
    backups: config.backups && {
      site: config.backups.site,
      everySeconds: secondsOf(config.backups.every),
      keepDays: config.backups.keepDays,
    },
    vendors: config.vendors,
    acceptedLosses: config.acceptedLosses,
    services: config.services.map((service) => resolveService(service, config)),
  };
}

/** Fills in the defaults of one site. */
export function resolveSite(config: EstateConfig["sites"][number]): SiteSpec {
  if (config.kind === "cloud")
    return { ...config, cidr: config.network?.cidr ?? config.cidr ?? defaultRange(config.name) };
  return {
    ...config,
    facility: config.facility ?? config.name,
    clusterContext: config.clusterContext ?? config.cluster ?? config.name,
    entrance: config.entrance ?? { gatewayClass: "duplex", namespace: "gateway-system", issuer: "letsencrypt" },
  };
}

function resolveImages({ images, dns }: EstateConfig): ImagesSpec {
  return { prefix: "", ...images, facilityRegistry: images?.facilityRegistry ?? `registry.{site}.${dns.domain}` };
}

/** Without registries of the cloud's own, each site has one of the estate's domain. */
function defaultImage(service: string, { images, dns }: EstateConfig): string {
  return images === undefined ? `registry.{site}.${dns.domain}/${service}:stable` : `${service}:stable`;
}

function requirement(tier: Tier, config: EstateConfig): TierRequirement {
  return { ...defaultRequirements[tier], ...config.tiers[tier] };
}

function resolveService(config: EstateConfig["services"][number], estate: EstateConfig): ServiceSpec {
  const { objectives, data, image, ...rest } = config;
  return {
    ...rest,
    statusPage: rest.statusPage ?? estate.statusPage,
    image: image ?? defaultImage(config.name, estate),
    objectives: {
      rtoSeconds: secondsOf(objectives.rto),
      rpoSeconds: secondsOf(objectives.rpo),
      leastShare: objectives.leastShare,
    },
    data: data && resolveData(data),
  };
}

function resolveData(data: NonNullable<EstateConfig["services"][number]["data"]>): DataSpec | undefined {
  const { store, ...rest } = data;
  return store === "none" ? undefined : { store, ...rest };
}
