/** Records of sites, and the arguments that several components' tests start from. */
import type { ServiceIdentity } from "../../components/common/identity";
import type { Network } from "../../components/network/network";
import type { CloudSite, FacilitySite } from "../../model";

export const identity: ServiceIdentity = {
  service: "login",
  tier: "critical",
  layer: "identity",
  owner: "accounts",
  peakRps: 1000,
  unitRps: 100,
  objectives: { rtoSeconds: 300, rpoSeconds: 60, leastShare: 1 },
  dependsOn: ["keys", "?ads"],
};

export const seoul: CloudSite = {
  kind: "cloud",
  name: "seoul",
  region: "ap-northeast-2",
  zoneIds: ["apne2-az1", "apne2-az2", "apne2-az3"],
  operator: "aws",
  carriers: [],
  hazards: [],
};

export const tokyo: CloudSite = {
  ...seoul,
  name: "tokyo",
  region: "ap-northeast-1",
  zoneIds: ["apne1-az1", "apne1-az2", "apne1-az4"],
};

export const ansan: FacilitySite = {
  kind: "facility",
  name: "ansan",
  region: "capital-area",
  facility: "ansan",
  operator: "own",
  powerFeeds: ["a", "b"],
  carriers: ["kt", "lg-uplus"],
  hazards: [],
  batteryRoomsSeparated: true,
  batteryChemistry: "lead-acid",
  firePlanKeepsPower: true,
  clusterContext: "ansan-cluster",
};

/** A network that exists, of a site. */
export function networkOf(site: CloudSite, more: Partial<Network> = {}): Network {
  return {
    vpcId: `vpc-${site.name}`,
    cidr: site.name === "seoul" ? "10.1.0.0/16" : "10.2.0.0/16",
    zones: site.zoneIds.map((zoneId) => ({
      zoneId,
      availabilityZone: `name of ${zoneId}`,
      publicSubnetId: `public-${zoneId}`,
      privateSubnetId: `private-${zoneId}`,
      privateRouteTableId: `routes-${zoneId}`,
    })),
    endpointsGroupId: `endpoints-${site.name}`,
    prefixListIds: { s3: `s3-${site.name}`, dynamodb: `dynamodb-${site.name}` },
    ...more,
  };
}

/** Codes of the mistakes that a component's constructor refuses, and that nothing was created before. */
export const codesIn = (error: unknown): readonly string[] =>
  error instanceof Error ? [...error.message.matchAll(/\[(DPX\d{3})\]/g)].map(([, code]) => code ?? "") : [];
