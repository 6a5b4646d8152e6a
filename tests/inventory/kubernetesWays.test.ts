/** The way in to pods: the Service's selector and ports, network policies, probes, source ranges. */
import type { WayInFact } from "../../model";
import { estateOfObjects, object, serviceOf, web } from "../support/clusterObjects";

type Fields = Readonly<Record<string, unknown>>;

/** "open", or what closes the way ("closed: …"), or leaves it open whether it is ("unknown: …"). */
function wayTo(...objects: readonly Fields[]): string {
  const facts = estateOfObjects(objects).facts.filter((fact): fact is WayInFact => fact.kind === "wayIn");
  const [first] = facts;
  return first === undefined ? "open" : `${first.open.known ? "closed" : "unknown"}: ${first.property}`;
}

const ports = (one: object) => ({ ports: [{ port: 80, ...one }] });

describe("a Service", () => {
  it.each([
    ["leads to a named port", {}, "open"],
    ["leads to its number", ports({ targetPort: 8080 }), "open"],
    ["leads to a name that no container has", ports({ targetPort: "web" }), "closed: spec.ports"],
    ["leads to a name of another protocol", ports({ targetPort: "http", protocol: "UDP" }), "closed: spec.ports"],
    ["leads to a number that no container declares", ports({ targetPort: 9999 }), "unknown: spec.ports"],
    ["has the pods' number as its own", { ports: [{ port: 8080 }] }, "open"],
    [
      "has another port that is right",
      {
        ports: [
          { port: 80, targetPort: "http" },
          { port: 9, targetPort: "x" },
        ],
      },
      "open",
    ],
    ["selects nothing", { selector: { app: "typo" } }, "closed: spec.selector"],
    ["selects by one label too many", { selector: { app: "web", track: "canary" } }, "closed: spec.selector"],
    ["has no selector", { selector: undefined }, "open"],
  ])("%s", (_, spec, expected) => {
    expect(wayTo(web(), serviceOf(spec))).toBe(expected);
  });

  it("may have endpoints that are written by hand", () => {
    const slice = object(
      "discovery.k8s.io/v1",
      "EndpointSlice",
      "web-1",
      {},
      { labels: { "kubernetes.io/service-name": "web" } },
    );
    expect(wayTo(web(), serviceOf({ selector: { app: "typo" } }), slice)).toBe("open");
  });

  it("may lead to the port of a sidecar, and to any where no container declares one", () => {
    const sidecar = { name: "proxy", restartPolicy: "Always", ports: [{ name: "proxy", containerPort: 15001 }] };
    expect(wayTo(web({ pod: { initContainers: [sidecar] } }), serviceOf(ports({ targetPort: "proxy" })))).toBe("open");
    expect(wayTo(web({ container: { ports: [] } }), serviceOf(ports({ targetPort: 9999 })))).toBe("open");
  });

  it("is reached by another that is right", () => {
    const other = { ...serviceOf(), metadata: { name: "second", namespace: "shop" } };
    expect(wayTo(web(), serviceOf(ports({ targetPort: "x" })), other)).toBe("open");
  });
});

describe("source ranges of a Service with a public address", () => {
  const balanced = (ranges: readonly string[], ip = "198.51.100.7") =>
    serviceOf({ type: "LoadBalancer", loadBalancerSourceRanges: ranges }, {}, { loadBalancer: { ingress: [{ ip }] } });
  it.each([
    ["everybody", balanced(["0.0.0.0/0"]), "open"],
    ["everybody in two halves", balanced(["0.0.0.0/1", "128.0.0.0/1"]), "open"],
    ["private addresses alone", balanced(["10.0.0.0/8", "192.168.0.0/16"]), "closed: spec.loadBalancerSourceRanges"],
    ["one office", balanced(["203.0.113.0/24"]), "unknown: spec.loadBalancerSourceRanges"],
    ["private addresses, at a private one", balanced(["10.0.0.0/8"], "10.1.2.3"), "open"],
  ])("admit %s", (_, service, expected) => {
    expect(wayTo(web(), service)).toBe(expected);
  });
});

describe("a network policy", () => {
  const policy = (spec: object) =>
    object("networking.k8s.io/v1", "NetworkPolicy", "p", {
      spec: { podSelector: {}, policyTypes: ["Ingress"], ...spec },
    });
  const front = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "front" } } };
  const inside = serviceOf();
  const outside = serviceOf({ type: "LoadBalancer" });
  const closed = "closed: spec.ingress";
  it.each([
    ["lets nobody in", inside, {}, closed],
    ["lets nobody in by an empty list", inside, { ingress: [] }, closed],
    ["without types is about what comes in", inside, { policyTypes: undefined }, closed],
    ["lets all in", inside, { ingress: [{}] }, "open"],
    ["is about what goes out", inside, { policyTypes: ["Egress"], egress: [{}] }, "open"],
    ["is of other pods", inside, { podSelector: { matchLabels: { app: "db" } } }, "open"],
    [
      "is of pods by expressions",
      inside,
      { podSelector: { matchExpressions: [{ key: "app", operator: "In", values: ["web"] }] } },
      closed,
    ],
    ["lets in on the pods' port", inside, { ingress: [{ ports: [{ port: 8080 }] }] }, "open"],
    ["lets in on its name", inside, { ingress: [{ ports: [{ port: "http" }] }] }, "open"],
    ["lets in on a range", inside, { ingress: [{ ports: [{ port: 8000, endPort: 8100 }] }] }, "open"],
    ["lets in on the Service's port, which is not the pods'", inside, { ingress: [{ ports: [{ port: 80 }] }] }, closed],
    ["lets in by UDP", inside, { ingress: [{ ports: [{ port: 8080, protocol: "UDP" }] }] }, closed],
    ["lets in from another namespace", inside, { ingress: [{ from: [front] }] }, "open"],
    ["lets in pods, and the load balancer is none", outside, { ingress: [{ from: [front] }] }, closed],
    ["lets in everybody's addresses", outside, { ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }] }, "open"],
    ["lets in the nodes' addresses", outside, { ingress: [{ from: [{ ipBlock: { cidr: "10.0.0.0/8" } }] }] }, "open"],
    [
      "lets in one office",
      outside,
      { ingress: [{ from: [{ ipBlock: { cidr: "203.0.113.0/24" } }] }] },
      "unknown: spec.ingress",
    ],
    [
      "excepts everybody",
      outside,
      { ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["0.0.0.0/0"] } }] }] },
      closed,
    ],
  ])("%s", (_, service, spec, expected) => {
    expect(wayTo(web(), service, policy(spec))).toBe(expected);
  });

  it("adds to what others let in", () => {
    const other = { ...policy({ ingress: [{}] }), metadata: { name: "q", namespace: "shop" } };
    expect(wayTo(web(), inside, policy({}), other)).toBe("open");
  });

  it("of another namespace, or of pods on the network of their node, closes nothing", () => {
    const elsewhere = { ...policy({}), metadata: { name: "p", namespace: "other" } };
    expect(wayTo(web(), inside, elsewhere)).toBe("open");
    expect(wayTo(web({ pod: { hostNetwork: true } }), inside, policy({}))).toBe("open");
  });

  it("that lets pods ask no name server is told", () => {
    const out = (egress: readonly object[]) => policy({ policyTypes: ["Egress"], egress });
    const told = (egress: readonly object[]) => estateOfObjects([web(), inside, out(egress)]).notJudged.length;
    expect([
      told([]),
      told([{ ports: [{ port: 443 }] }]),
      told([{ ports: [{ port: 53, protocol: "UDP" }] }]),
      told([{}]),
    ]).toEqual([1, 1, 0, 0]);
  });
});

describe("a probe", () => {
  const probed = (kind: string, probe: object) => web({ container: { [kind]: probe } });
  it.each([
    ["asks a named port", "readinessProbe", { httpGet: { port: "http" } }, "open"],
    ["asks the port by number", "readinessProbe", { tcpSocket: { port: 8080 } }, "open"],
    [
      "asks a name that is none",
      "readinessProbe",
      { httpGet: { port: "web" } },
      "closed: spec.template.spec.containers.readinessProbe",
    ],
    [
      "kills by a name that is none",
      "livenessProbe",
      { httpGet: { port: "web" } },
      "closed: spec.template.spec.containers.livenessProbe",
    ],
    [
      "asks a port that is not declared",
      "readinessProbe",
      { grpc: { port: 9999 } },
      "unknown: spec.template.spec.containers.readinessProbe",
    ],
    ["runs a command", "readinessProbe", { exec: { command: ["true"] } }, "open"],
    ["asks another host", "readinessProbe", { httpGet: { port: "web", host: "example.com" } }, "open"],
  ])("%s", (_, kind, probe, expected) => {
    expect(wayTo(probed(kind, probe), serviceOf())).toBe(expected);
  });

  it("of readiness is no matter where pods are sent requests all the same", () => {
    const workload = probed("readinessProbe", { httpGet: { port: "web" } });
    expect(wayTo(workload, serviceOf({ publishNotReadyAddresses: true }))).toBe("open");
  });
});

describe("an Ingress", () => {
  const ingress = (service: object, spec: object = {}) => {
    const rules = [{ http: { paths: [{ path: "/", pathType: "Prefix", backend: { service } }] } }];
    return object("networking.k8s.io/v1", "Ingress", "front", { spec: { rules, ...spec } }, { labels: { app: "web" } });
  };
  const right = { name: "web", port: { number: 80 } };
  it.each([
    ["asks the Service's port", ingress(right), "open"],
    ["asks a port that it has not", ingress({ name: "web", port: { number: 8080 } }), "closed: spec.rules"],
    ["asks a name that it has not", ingress({ name: "web", port: { name: "https" } }), "closed: spec.rules"],
    ["has a class", ingress(right, { ingressClassName: "nginx" }), "open"],
  ])("%s", (_, front, expected) => {
    expect(wayTo(web(), serviceOf(), front)).toBe(expected);
  });

  it("that leads to a Service which is not there leads nowhere, unless Services are another stack's", () => {
    const gone = ingress({ name: "gone", port: { number: 80 } });
    expect(wayTo(web(), serviceOf(), gone)).toBe("unknown: spec.rules");
    expect(wayTo(web(), gone)).toBe("open");
  });

  it("of a class that the stack's own are not may be served by nobody", () => {
    const other = object("networking.k8s.io/v1", "IngressClass", "alb", { spec: {} }, { namespace: undefined });
    expect(wayTo(web(), serviceOf(), other, ingress(right, { ingressClassName: "alb" }))).toBe("open");
    const expected = "unknown: spec.ingressClassName";
    expect(wayTo(web(), serviceOf(), other, ingress(right, { ingressClassName: "nginx" }))).toBe(expected);
  });
});

describe("a route of a Gateway", () => {
  const api = "gateway.networking.k8s.io/v1";
  const listener = { name: "web", port: 443, protocol: "HTTPS", hostname: "*.example.com" };
  const gateway = (one: object = {}, namespace = "shop") =>
    object(api, "Gateway", "front", { spec: { listeners: [{ ...listener, ...one }] } }, { namespace });
  const route = (parent: object, backend: object = {}, spec: object = {}) => {
    const rules = [{ backendRefs: [{ name: "web", port: 80, ...backend }] }];
    const parentRefs = [{ name: "front", ...parent }];
    const labels = { app: "web" };
    return object(
      api,
      "HTTPRoute",
      "web",
      { spec: { parentRefs, rules, hostnames: ["web.example.com"], ...spec } },
      { labels },
    );
  };
  const grant = (from: string, kind = "HTTPRoute") => {
    const spec = { from: [{ kind, namespace: from }], to: [{ kind: "Service" }] };
    return object("gateway.networking.k8s.io/v1beta1", "ReferenceGrant", "g", { spec }, { namespace: "shop" });
  };
  it.each([
    ["is taken", gateway(), route({}), "open"],
    ["is taken by the listener that it names", gateway(), route({ sectionName: "web" }), "open"],
    ["names a listener that is not there", gateway(), route({ sectionName: "admin" }), "closed: spec.parentRefs"],
    ["names a port on which nobody listens", gateway(), route({ port: 80 }), "closed: spec.parentRefs"],
    ["is of another host", gateway(), route({}, {}, { hostnames: ["web.example.net"] }), "closed: spec.listeners"],
    ["is of no host", gateway(), route({}, {}, { hostnames: undefined }), "open"],
    ["leads to a Service that is not there", gateway(), route({}, { name: "gone" }), "unknown: spec.rules.backendRefs"],
    [
      "comes to a listener that hands TLS on",
      gateway({ tls: { mode: "Passthrough" } }),
      route({}),
      "closed: spec.listeners",
    ],
    [
      "comes to a listener of HTTPS without a certificate",
      gateway({ tls: { certificateRefs: [] } }),
      route({}),
      "unknown: spec.listeners",
    ],
    [
      "comes to a listener with a certificate",
      gateway({ tls: { certificateRefs: [{ name: "web-tls" }] } }),
      route({}),
      "open",
    ],
    [
      "is of another kind",
      gateway({ allowedRoutes: { kinds: [{ kind: "GRPCRoute" }] } }),
      route({}),
      "closed: spec.listeners",
    ],
    ["is of another namespace", gateway({}, "edge"), route({ namespace: "edge" }), "closed: spec.listeners"],
    [
      "is of any namespace that is let in",
      gateway({ allowedRoutes: { namespaces: { from: "All" } } }, "edge"),
      route({ namespace: "edge" }),
      "open",
    ],
    ["asks a port that the Service has not", gateway(), route({}, { port: 8080 }), "closed: spec.rules.backendRefs"],
    ["sends nobody anywhere", gateway(), route({}, { weight: 0 }), "closed: spec.rules.backendRefs"],
  ])("that %s", (_, front, one, expected) => {
    expect(wayTo(web(), serviceOf(), front, one)).toBe(expected);
  });

  it("that sends clients elsewhere is no way in, though the pods answer inside of the cluster", () => {
    const away = [{ filters: [{ type: "RequestRedirect", requestRedirect: { hostname: "sorry.example" } }] }];
    const labels = { "duplex.dev/service": "web" };
    const front = object(api, "Gateway", "front", { spec: { listeners: [listener] } }, { labels });
    expect(wayTo(web(), serviceOf(), front, route({}, {}, { rules: away }))).toBe("closed: spec.rules");
  });

  it("needs a grant for a Service of another namespace", () => {
    const one = {
      ...route({}, { namespace: "shop" }),
      metadata: { name: "web", namespace: "edge", labels: { app: "web" } },
    };
    const front = gateway({}, "edge");
    const way = (...more: readonly Fields[]) => wayTo(web(), serviceOf(), front, one, ...more);
    expect([way(), way(grant("other")), way(grant("edge"))]).toEqual([
      "unknown: spec.rules.backendRefs",
      "unknown: spec.rules.backendRefs",
      "open",
    ]);
  });
});
