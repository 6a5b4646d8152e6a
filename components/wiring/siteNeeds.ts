/** What a cloud site's network has to offer to the services that run in it. Pure. */
import { imagesFromOutside } from "../../estate/images";
import type { EstateSpec, ServiceSpec } from "../../estate";
import { callsOf } from "./calls";

export interface SiteNeeds {
  /** False where nothing stands in the site that needs a network. */
  readonly network: boolean;
  /** True where a unit calls something outside of the networks, and a way to the internet is needed. */
  readonly internet: boolean;
  /** Services of AWS that are reached by interface endpoints, sorted. */
  readonly endpoints: readonly string[];
}

export function siteNeeds(estate: EstateSpec, site: string): SiteNeeds {
  const here = estate.services.filter((service) => service.sites.includes(site));
  const databases = estate.services.some(({ data }) => data?.store === "aurora" && data.sites.includes(site));
  return {
    network: here.length > 0 || databases,
    internet:
      here.some((service) => leavesNetwork(estate, service, site)) ||
      imagesFromOutside(estate).some((image) => image.site === site),
    endpoints: [...new Set(here.flatMap(endpointsOf))].sort(),
  };
}

/** True where a service's units call something from this site that no private way leads to. */
function leavesNetwork(estate: EstateSpec, service: ServiceSpec, site: string): boolean {
  const { data, egress } = service;
  const callsOut = callsOf(estate, service, site).some(({ way }) => way === "internet" || way === "vendor");
  // A gateway endpoint leads to the stores of its own region only.
  const dataElsewhere = data !== undefined && data.store !== "aurora" && !data.sites.includes(site);
  return callsOut || dataElsewhere || egress.length > 0;
}

/**
 * What a unit asks AWS for at its start and while it runs (Amazon ECS Developer Guide, "Amazon ECS interface VPC
 * endpoints").
 */
function endpointsOf({ compute, secrets, data }: ServiceSpec): readonly string[] {
  const kept = Object.keys(secrets).length > 0 || data?.store === "aurora" ? ["secretsmanager"] : [];
  switch (compute.on) {
    case "fargate":
      return ["ecr.api", "ecr.dkr", "logs", "ssmmessages", ...kept];
    case "ec2":
      return ["ecr.api", "ecr.dkr", "logs", "ssm", "ssmmessages", "ec2messages", ...kept];
    case "lambda":
      // Image and output are the service's own, not the function's.
      return kept;
    default:
      return compute satisfies never;
  }
}
