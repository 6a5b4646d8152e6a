/** Names that ExternalDNS makes of annotations and of its own objects. */
import type { Route } from "../../model";
import { estateOfObjects, object, serviceOf, web } from "../support/clusterObjects";
import { serviceIn } from "../support/estateOf";

const annotation = (key: string) => `external-dns.alpha.kubernetes.io/${key}`;
const annotations = (given: Readonly<Record<string, string>>) => ({
  annotations: Object.fromEntries(Object.entries(given).map(([key, value]) => [annotation(key), value])),
});
const balanced = (given: Readonly<Record<string, string>>, status?: object) =>
  serviceOf({ type: "LoadBalancer" }, annotations(given), status as Record<string, unknown> | undefined);
const routesOf = (...objects: readonly Readonly<Record<string, unknown>>[]): readonly Route[] =>
  serviceIn(estateOfObjects([web({ replicas: 3 }), ...objects]), "web").routes;
const hostname = (name: string) => ({ loadBalancer: { ingress: [{ hostname: name }] } });
const balancer = "a1.elb.eu-west-1.amazonaws.com";
const route53 = "vendor:route53";

it.each([
  ["in seconds", { ttl: "86400" }, undefined, { known: true, value: 86_400 }],
  ["as a duration", { ttl: "1m30s" }, undefined, { known: true, value: 90 }],
  [
    "of Route 53, where nothing is said",
    { "aws-weight": "1", "set-identifier": "a" },
    undefined,
    { known: true, value: 300 },
  ],
  ["of an alias, which Route 53 gives", { ttl: "86400" }, hostname(balancer), { known: true, value: 60 }],
  ["of nobody knows whom", {}, undefined, { known: false }],
])("a Service's name has a time to live %s", (_, given, status, ttlSeconds) => {
  const routes = routesOf(balanced({ hostname: "Web.example.com.", ...given }, status));
  expect(routes).toMatchObject([{ name: "web.example.com", kind: "dns", ttlSeconds }]);
  expect(routes[0]?.targets[0]?.replicas).toHaveLength(1);
});

it.each([
  ["has no name", {}],
  ["is left to another controller", { hostname: "web.example.com", controller: "other" }],
])("a Service that %s gives none", (_, given) => {
  expect(routesOf(balanced(given))).toEqual([]);
});

describe("a failover", () => {
  const primary = { hostname: "web.example.com", ttl: "30", "aws-failover": "PRIMARY", "set-identifier": "a" };
  it.each([
    ["has no check where nothing names one", primary, undefined, undefined],
    ["has the check that is named", { ...primary, "aws-health-check-id": "hc-1" }, undefined, "endpoint"],
    ["follows a load balancer of AWS", primary, hostname(balancer), "target"],
    [
      "unless that is switched off",
      { ...primary, "aws-evaluate-target-health": "false" },
      hostname(balancer),
      undefined,
    ],
  ])("%s", (_, given, status, kind) => {
    const [route] = routesOf(balanced(given, status));
    expect(route).toMatchObject({ policy: "failover", provider: route53, needsControlPlane: false });
    expect(route?.targets[0]?.healthCheck?.kind).toBe(kind);
  });

  it("is none without an identifier, by which Route 53 tells the records apart", () => {
    const { "set-identifier": _, ...without } = primary;
    expect(routesOf(balanced(without))).toMatchObject([{ policy: "simple" }]);
  });
});

it("joins the answers of one name, with their shares", () => {
  const given = (weight: string) => ({
    hostname: "web.example.com",
    ttl: "30",
    "aws-weight": weight,
    "set-identifier": weight,
  });
  const other = {
    ...balanced(given("10")),
    metadata: { name: "second", namespace: "shop", ...annotations(given("10")) },
  };
  const routes = routesOf(balanced(given("30")), other, balanced(given("0")));
  expect(routes).toHaveLength(1);
  expect(routes[0]).toMatchObject({ policy: "weighted" });
  const shares = routes[0]?.targets.map(({ share, lastResort }) => [share, lastResort]);
  expect(shares).toEqual(expect.arrayContaining([[{ known: true, value: 1 }, false]]));
});

it("reads the names of an Ingress that ExternalDNS is told of", () => {
  const backend = { service: { name: "web", port: { number: 80 } } };
  const rules = [{ host: "web.example.com", http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }];
  const ingress = (given: Readonly<Record<string, string>>) =>
    object("networking.k8s.io/v1", "Ingress", "web", { spec: { rules } }, annotations(given));
  expect(routesOf(serviceOf(), ingress({ ttl: "600" }))).toMatchObject([
    { name: "web.example.com", ttlSeconds: { value: 600 }, targets: [{ replicas: [expect.any(String)] }] },
  ]);
  expect(routesOf(serviceOf(), ingress({}))).toEqual([]);
});

describe("a DNSEndpoint", () => {
  const endpoint = (one: object) => {
    const endpoints = [{ dnsName: "web.example.com", recordType: "A", ...one }];
    return object("externaldns.k8s.io/v1alpha1", "DNSEndpoint", "web", { spec: { endpoints } });
  };
  const balanced7 = serviceOf({ type: "LoadBalancer" }, {}, { loadBalancer: { ingress: [{ ip: "198.51.100.7" }] } });

  it("leads to the object that has its address", () => {
    const routes = routesOf(balanced7, endpoint({ recordTTL: 86_400, targets: ["198.51.100.7"] }));
    expect(routes).toMatchObject([{ ttlSeconds: { value: 86_400 }, targets: [{ replicas: [expect.any(String)] }] }]);
  });

  it("is the service's that it names where its address is nobody's", () => {
    expect(routesOf(endpoint({ recordTTL: 30, targets: ["192.0.2.1"] }))).toMatchObject([
      { ttlSeconds: { value: 30 }, targets: [{ replicas: [] }], provider: "vendor:dns/example.com" },
    ]);
  });

  it("may have settings of its provider", () => {
    const providerSpecific = [{ name: "aws/failover", value: "SECONDARY" }];
    const routes = routesOf(endpoint({ recordTTL: 30, setIdentifier: "b", targets: [], providerSpecific }));
    expect(routes).toMatchObject([{ policy: "failover", provider: route53, targets: [{ lastResort: true }] }]);
  });

  it("gives no answer by records that are none", () => {
    expect(routesOf(endpoint({ recordType: "TXT", targets: ["x"] }))).toEqual([]);
  });
});

it("asks ExternalDNS itself who answers, where it runs in the cluster", () => {
  const container = {
    image: "registry.k8s.io/external-dns/external-dns:v0.20.0",
    args: ["--source=service", "--provider=cloudflare"],
  };
  const routes = routesOf(
    web({ name: "external-dns", container }),
    balanced({ hostname: "web.example.com", ttl: "30" }),
  );
  expect(routes).toMatchObject([{ provider: "vendor:cloudflare" }]);
});
