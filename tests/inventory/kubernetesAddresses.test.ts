/** Names that lead to an address which is written out, of an object that a cluster has. */
import { readEstate } from "../../inventory";
import type { Properties } from "../../inventory/resource";
import { facility } from "../support/estateBuilder";
import { serviceIn } from "../support/estateOf";
import { StackBuilder } from "../support/stackBuilder";

function behind(type: string, object: Properties, record: Properties): readonly string[] {
  const stack = new StackBuilder();
  const cluster = stack.cluster("pangyo");
  stack.deployment(cluster, "web", 2, { service: "web" }, {}, "default");
  const backend = { service: { name: "web", port: { number: 80 } } };
  const selects = { selector: { app: "web" }, ports: [{ port: 80 }] };
  const { spec = {}, ...rest } = object as Record<string, Properties>;
  const own = type.endsWith(":Service") ? selects : { defaultBackend: backend, rules: [] };
  if (!type.endsWith(":Service")) {
    stack.add("kubernetes:core/v1:Service", "web", { metadata: { name: "web" }, spec: selects }, { provider: cluster });
  }
  if (type.endsWith(":Gateway")) {
    const rules = [{ backendRefs: [{ name: "web", port: 80 }] }];
    const route = { metadata: { name: "web" }, spec: { parentRefs: [{ name: "front" }], rules } };
    stack.add("kubernetes:gateway.networking.k8s.io/v1:HTTPRoute", "web", route, { provider: cluster });
  }
  stack.add(type, "front", { metadata: { name: "front" }, spec: { ...own, ...spec }, ...rest }, { provider: cluster });
  stack.add("aws:route53/record:Record", "web", { zoneId: "Z1", name: "web.example", ttl: 30, ...record });
  const { routes } = serviceIn(readEstate(stack.resources, { sites: [facility("pangyo")] }), "web");
  return routes.flatMap(({ targets }) => targets.flatMap(({ replicas }) => replicas));
}

const address = { type: "A", records: ["198.51.100.7"] };
const name = { type: "CNAME", records: ["front.elb.example"] };
const ingress = (one: Properties) => ({ status: { loadBalancer: { ingress: [one] } } });
const gateway = "kubernetes:gateway.networking.k8s.io/v1:Gateway";

it.each([
  ["a Service's, by its status", "kubernetes:core/v1:Service", ingress({ ip: "198.51.100.7" }), address],
  ["a Service's host name", "kubernetes:core/v1:Service", ingress({ hostname: "front.elb.example" }), name],
  ["an outer one of the nodes", "kubernetes:core/v1:Service", { spec: { externalIPs: ["198.51.100.7"] } }, address],
  ["one that is asked for", "kubernetes:core/v1:Service", { spec: { loadBalancerIP: "198.51.100.7" } }, address],
  ["an Ingress's", "kubernetes:networking.k8s.io/v1:Ingress", ingress({ hostname: "front.elb.example" }), name],
  ["a Gateway's, by its status", gateway, { status: { addresses: [{ value: "198.51.100.7" }] } }, address],
  ["a Gateway's, as asked for", gateway, { spec: { addresses: [{ value: "198.51.100.7" }] } }, address],
])("%s", (_, type, object, record) => {
  expect(behind(type, object, record)).toHaveLength(1);
});

it.each([
  ["nobody's", ingress({ ip: "198.51.100.8" })],
  ["one inside of the cluster", { spec: { clusterIP: "198.51.100.7" } }],
])("%s leads to nothing", (_, object) => {
  expect(behind("kubernetes:core/v1:Service", object, address)).toEqual([]);
});
