/**
 * The other tenant of the same building: half of the story of 15 October 2022 that went better. A site of its own in
 * Chuncheon holds a copy of the data and the machines to take over. They have to be started, which took about 3 hours.
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Site } from "../../components/estate/site";
import { componentTypes, type FacilitySite } from "../../model";
import { workload, type WorkloadArgs } from "../support/workload";

/** Services began to come back after about 3 hours (docs/incident.md, row 2). */
const takeOverSeconds = 3 * 3600;

const building = {
  kind: "facility",
  hazards: [],
  batteryChemistry: "lithium-ion",
  batteryRoomsSeparated: false,
  firePlanKeepsPower: false,
} as const;
const pangyo: FacilitySite = {
  ...building,
  name: "pangyo",
  facility: "pangyo",
  clusterContext: "pangyo",
  region: "capital-area",
  operator: "sk-cnc",
  powerFeeds: ["pangyo-building"],
  carriers: ["kt", "sk-broadband"],
};
const chuncheon: FacilitySite = {
  ...building,
  name: "chuncheon",
  facility: "chuncheon",
  clusterContext: "chuncheon",
  region: "gangwon",
  operator: "naver",
  powerFeeds: ["chuncheon-substation", "dongnae-substation"],
  carriers: ["kt", "lg-uplus"],
  batteryRoomsSeparated: true,
  firePlanKeepsPower: true,
};

/** A store in two sites: the second follows the first and is promoted when it is lost. */
class FollowedStore extends pulumi.ComponentResource {
  constructor(service: string, primary: Site, follower: Site, says: WorkloadArgs["says"]) {
    const replication = { mode: "asynchronous", rpoSeconds: 60, multiWriter: false };
    const stated = { service, tier: says.tier, layer: "store", owner: says.owner, replication };
    super(componentTypes.globalDatabase, service, stated);
    const store = { pods: 3, holdsData: true };
    workload(primary, service, { ...store, says }, this);
    workload(follower, service, { ...store, says: { ...says, role: "standby", startSeconds: "600" } }, this);
    this.registerOutputs(stated);
  }
}

const rented = new Site(pangyo.name, { site: pangyo });
const own = new Site(chuncheon.name, { site: chuncheon });
const common = { tier: "important", owner: "portal", rtoSeconds: "3600", rpoSeconds: "300" } as const;

new FollowedStore("posts", rented, own, common);

const portal = { ...common, peakRps: "200000", unitRps: "5000", dependsOn: "posts" } as const;
const here = workload(rented, "portal", { says: portal, pods: 40 });
const there = workload(own, "portal", {
  says: { ...portal, role: "standby", startSeconds: String(takeOverSeconds) },
  pods: 40,
});

const zone = new aws.route53.Zone("portal", { name: "portal.example" });
const check = new aws.route53.HealthCheck("portal", {
  type: "HTTPS",
  fqdn: "pangyo.portal.example",
  port: 443,
  resourcePath: "/healthz",
  requestInterval: 30,
  failureThreshold: 3,
});
for (const [type, service] of Object.entries({ PRIMARY: here, SECONDARY: there })) {
  new aws.route53.Record(`portal-${type.toLowerCase()}`, {
    zoneId: zone.zoneId,
    name: "www.portal.example",
    type: "A",
    ttl: 60,
    setIdentifier: type.toLowerCase(),
    failoverRoutingPolicies: [{ type }],
    healthCheckId: type === "PRIMARY" ? check.id : undefined,
    records: service.status.loadBalancer.ingress.apply((ingress) => ingress.map(({ ip }) => ip)),
  });
}
