/** The layout of 15 October 2022: four data centres, and in one of them everything that the others need. */
import * as aws from "@pulumi/aws";
import { Site } from "../../components/estate/site";
import { workload } from "../support/workload";
import { anyang, gasan, pangyo, sangam } from "./sites";

const [main, ...others] = [pangyo, anyang, gasan, sangam].map((site) => new Site(site.name, { site }));
if (!main) throw new Error("The list of sites is empty.");

// Operator tools, images and eyes: each needed to move elsewhere, each in the building that burned (K3, K4, K8).
workload(main, "registry", { says: { layer: "registry", owner: "platform" }, pods: 2 });
workload(main, "failover", { says: { layer: "tooling", owner: "platform" }, pods: 2 });
workload(main, "monitoring", { says: { layer: "monitoring", owner: "platform" }, pods: 2 });

// State in one place, copied nowhere (row 4).
const stored = { layer: "store", rpoSeconds: "60", rtoSeconds: "300" } as const;
workload(main, "accounts", { says: { ...stored, owner: "accounts" }, pods: 3, holdsData: true });
workload(main, "messages", { says: { ...stored, owner: "messaging" }, pods: 3, holdsData: true });

// Login, needed first and by everybody, in the same building (K5).
const login = workload(main, "login", {
  says: {
    layer: "identity",
    owner: "accounts",
    peakRps: "90000",
    unitRps: "3000",
    dependsOn: "accounts,^registry,?monitoring,^failover",
  },
  pods: 30,
});

// The messenger has pods in the other three, too few to carry its peak (row 3).
const messenger = {
  tier: "critical",
  owner: "messaging",
  peakRps: "1200000",
  unitRps: "20000",
  rtoSeconds: "300",
  rpoSeconds: "60",
  dependsOn: "login,messages,^registry,?monitoring,^failover",
};
const front = workload(main, "messenger", { says: messenger, pods: 60 });
for (const site of others) workload(site, "messenger", { says: messenger, pods: 4 });

// An affiliate that is itself duplexed, and lets its users in by one account only (row 6).
const exchange = {
  tier: "critical",
  owner: "exchange",
  peakRps: "6000",
  unitRps: "1000",
  dependsOn: "login",
};
const gates = others.map((site) => ({ site, gate: workload(site, "exchange", { says: exchange, pods: 3 }) }));

// Names that nobody checks and that resolvers keep for an hour (row 2).
const zone = new aws.route53.Zone("chat", { name: "chat.example" });
const record = { zoneId: zone.zoneId, type: "A", ttl: 3600 };
for (const [name, service] of Object.entries({ messenger: front, login })) {
  const addresses = service.status.loadBalancer.ingress.apply((ingress) => ingress.map(({ ip }) => ip));
  new aws.route53.Record(name, { ...record, name: `${name}.chat.example`, records: addresses });
}
for (const { site, gate } of gates) {
  new aws.route53.Record(`exchange-${site.record.name}`, {
    ...record,
    name: "exchange.chat.example",
    setIdentifier: site.record.name,
    weightedRoutingPolicies: [{ weight: 1 }],
    records: gate.status.loadBalancer.ingress.apply((ingress) => ingress.map(({ ip }) => ip)),
  });
}
