/**
 * From the configuration as written to the estate that components are built from. The configuration has been checked.
 */
import { type Site, type Tier, type TierRequirement, defaultRequirements } from "../model";
import { secondsOf } from "./duration";
import type { EstateConfig } from "./schema";
import type { DataSpec, EstateSpec, ServiceSpec } from "./spec";

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
export function resolveSite(config: EstateConfig["sites"][number]): Site {
  if (config.kind === "cloud") return config;
  return {
    ...config,
    facility: config.facility ?? config.name,
    clusterContext: config.clusterContext ?? config.cluster ?? config.name,
  };
}

function requirement(tier: Tier, config: EstateConfig): TierRequirement {
  return { ...defaultRequirements[tier], ...config.tiers[tier] };
}

function resolveService(config: EstateConfig["services"][number], { dns, statusPage }: EstateConfig): ServiceSpec {
  const { objectives, data, image, ...rest } = config;
  return {
    ...rest,
    statusPage: rest.statusPage ?? statusPage,
    image: image ?? `registry.{site}.${dns.domain}/${config.name}:stable`,
    objectives: {
      rtoSeconds: secondsOf(objectives.rto),
      rpoSeconds: secondsOf(objectives.rpo),
      leastShare: objectives.leastShare,
    },
    data: data && resolveData(data),
  };
}

function resolveData({
  store,
  sites,
  followers,
}: NonNullable<EstateConfig["services"][number]["data"]>): DataSpec | undefined {
  return store === "none" ? undefined : { store, sites, followers };
}
