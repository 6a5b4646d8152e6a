/** Ways in beyond load balancers: edges, accelerators, interfaces of functions, checks of checks; and hybrid links. */
import { readEstate } from "../../inventory";
import { type Route } from "../../model";
import { createSurvival } from "../../survival";
import type { Resource } from "../../inventory/resource";
import { placesOf, serviceIn } from "../support/estateOf";
import { output, StackBuilder, tags } from "../support/stackBuilder";

const seoul = "ap-northeast-2";
const tokyo = "ap-northeast-1";
const web = { service: "web" } as const;

/** A load balancer and a group behind it in each of two regions. */
function twoRegions(stack: StackBuilder): readonly Resource[] {
  return [seoul, tokyo].map((region) => {
    const subnets = stack.subnets(region, region, [`${region}-az1`, `${region}-az2`]);
    const { balancer, targets } = stack.loadBalancer(`web-${region}`, region, subnets, web);
    stack.autoscalingGroup(`web-${region}`, region, subnets, 2, web, { targetGroupArns: [output(targets, "arn")] });
    return balancer;
  });
}

/** Replaces a property by one with resources' outputs inside, and records the edges. */
function inside(stack: StackBuilder, resource: Resource, property: string, of: readonly Resource[], make: (values: readonly Resource["id"][]) => Resource["id"], key = "id"): void {
  const at = stack.resources.findIndex(({ urn }) => urn === resource.urn);
  const now = stack.resources[at] as Resource;
  stack.resources[at] = {
    ...now,
    properties: { ...now.properties, [property]: make(of.map(({ properties }) => properties[key])) },
    propertyDependencies: { ...now.propertyDependencies, [property]: of.map(({ urn }) => urn) },
  };
} // prettier-ignore

function routeIn(routes: readonly Route[], kind: Route["kind"]): Route {
  const found = routes.find((route) => route.kind === kind);
  if (!found) throw new Error(`No route of kind ${kind}.`);
  return found;
}

describe.each([{ preview: true }, { preview: false }])("Global Accelerator (preview: $preview)", (mode) => {
  it("answers with each region, goes by the load balancers' checks, and survives the loss of a region", () => {
    const stack = new StackBuilder(mode);
    const balancers = twoRegions(stack);
    const accelerator = stack.add("aws:globalaccelerator/accelerator:Accelerator", "web", {});
    const listener = stack.add("aws:globalaccelerator/listener:Listener", "web", {
      acceleratorArn: output(accelerator, "id"),
    });
    balancers.forEach((balancer, index) => {
      const group = stack.add("aws:globalaccelerator/endpointGroup:EndpointGroup", `web-${index}`, {
        listenerArn: output(listener, "id"),
        trafficDialPercentage: index === 0 ? 100 : 50,
      });
      inside(stack, group, "endpointConfigurations", [balancer], ([arn]) => [{ endpointId: arn, weight: 128 }], "arn");
    });
    const estate = readEstate(stack.resources);
    const route = routeIn(serviceIn(estate, "web").routes, "anycast");
    expect(route.provider).toBe("vendor:globalaccelerator");
    expect(route.targets.map(({ replicas }) => replicas.length)).toEqual([2, 2]);
    expect(route.targets.map(({ share }) => share.known && share.value)).toEqual([2 / 3, 1 / 3]);
    // The load balancers' own figures: every 10 s, dead after 2.
    expect(route.targets[0]?.healthCheck).toMatchObject({ intervalSeconds: { value: 10 }, failureThreshold: { value: 2 } });
    expect(createSurvival(estate).outcome("web", [`region:${seoul}`]).status).not.toBe("down");
  }); // prettier-ignore
});

describe("CloudFront", () => {
  const distribution = (stack: StackBuilder, balancers: readonly Resource[], group: boolean) => {
    const added = stack.add("aws:cloudfront/distribution:Distribution", "web", {
      defaultCacheBehavior: { targetOriginId: group ? "both" : "o0" },
      ...(group
        ? { originGroups: [{ originId: "both", members: [{ originId: "o0" }, { originId: "o1" }] }] }
        : {}),
    });
    inside(stack, added, "origins", balancers, (names) => names.map((domainName, index) => ({ originId: `o${index}`, domainName })), "dnsName");
  }; // prettier-ignore

  it("turns to the second origin of a group by itself", () => {
    const stack = new StackBuilder();
    distribution(stack, twoRegions(stack), true);
    const estate = readEstate(stack.resources);
    const route = routeIn(serviceIn(estate, "web").routes, "cdn");
    expect(route.policy).toBe("failover");
    expect(route.targets.map(({ lastResort }) => lastResort)).toEqual([false, true]);
    expect(createSurvival(estate).outcome("web", [`region:${seoul}`]).status).not.toBe("down");
    expect(estate.notJudged).toEqual([]);
  });

  it("without a group goes down with its one origin's region, whatever stands elsewhere", () => {
    const stack = new StackBuilder();
    distribution(stack, twoRegions(stack), false);
    const estate = readEstate(stack.resources);
    expect(createSurvival(estate).outcome("web", [`region:${seoul}`]).status).toBe("down");
  });

  it("is not judged where a preview cannot tell which origin is which", () => {
    const stack = new StackBuilder({ preview: true });
    distribution(stack, twoRegions(stack), true);
    expect(readEstate(stack.resources).notJudged.map(({ type }) => type)).toEqual([
      "aws:cloudfront/distribution:Distribution",
    ]);
  });

  it("is reached by a name, and leads on by a name to every record of it", () => {
    const stack = new StackBuilder();
    const balancers = twoRegions(stack);
    balancers.forEach((balancer, index) =>
      stack.add("aws:route53/record:Record", `origin-${index}`, {
        zoneId: "Z1",
        name: "origin.example",
        type: "CNAME",
        ttl: 30,
        setIdentifier: `${index}`,
        weightedRoutingPolicies: [{ weight: 1 }],
        records: [output(balancer, "dnsName")],
      }),
    );
    const origin = stack.resources.find(({ name }) => name === "origin-0") as Resource;
    distribution(stack, [{ ...origin, properties: { ...origin.properties, dnsName: "origin.example" } }], false);
    const edge = stack.resources.find(({ type }) => type.startsWith("aws:cloudfront/")) as Resource;
    stack.add("aws:route53/record:Record", "www", {
      zoneId: "Z1",
      name: "www.example",
      type: "CNAME",
      ttl: 60,
      records: [output(edge, "id")],
    });
    const { routes } = serviceIn(readEstate(stack.resources), "web");
    expect(routeIn(routes, "cdn").targets[0]?.replicas).toHaveLength(4);
    expect(routes.find(({ name }) => name === "www.example")?.targets[0]?.replicas).toHaveLength(4);
  });
});

describe.each([{ preview: true }, { preview: false }])("API Gateway (preview: $preview)", (mode) => {
  it("leads from a custom name over mapping, API and integration to a function", () => {
    const stack = new StackBuilder(mode);
    const shop = stack.add(
      "aws:lambda/function:Function",
      "shop",
      { region: seoul, tags: tags({ service: "shop" }) },
      { computed: { invokeArn: "arn:invoke:shop" } },
    );
    const api = stack.add("aws:apigatewayv2/api:Api", "shop", { region: seoul });
    stack.add("aws:apigatewayv2/integration:Integration", "shop", {
      apiId: output(api),
      integrationUri: output(shop, "invokeArn"),
    });
    const name = stack.add("aws:apigatewayv2/domainName:DomainName", "shop", { domainName: "api.example" });
    stack.add("aws:apigatewayv2/apiMapping:ApiMapping", "shop", { apiId: output(api), domainName: output(name) });
    stack.add("aws:route53/record:Record", "shop", {
      zoneId: "Z1",
      name: "api.example",
      type: "CNAME",
      ttl: 60,
      records: [output(name)],
    });
    const estate = readEstate(stack.resources);
    const { routes } = serviceIn(estate, "shop");
    expect(routeIn(routes, "dns").targets[0]?.replicas).toEqual([shop.urn]);
    expect(estate.notJudged).toEqual([]);
  });
});

describe("a calculated health check", () => {
  const record = (children: readonly number[], own = false, invertHealthcheck = false) => {
    const stack = new StackBuilder();
    const [balancer] = twoRegions(stack);
    const checks = children.map((requestInterval) =>
      stack.add("aws:route53/healthCheck:HealthCheck", `check-${requestInterval}`, {
        type: "HTTPS",
        resourcePath: "/healthz/deep",
        requestInterval,
        failureThreshold: 3,
        regions: [tokyo],
        invertHealthcheck,
      }),
    );
    const all = stack.add("aws:route53/healthCheck:HealthCheck", "all", {
      type: "CALCULATED",
      childHealthchecks: own ? ["all-id"] : checks.map((check) => output(check)),
    });
    stack.add("aws:route53/record:Record", "web", {
      zoneId: "Z1",
      name: "web.example",
      type: "CNAME",
      ttl: 30,
      records: [output(balancer as Resource, "dnsName")],
      healthCheckId: output(all),
    });
    return routeIn(serviceIn(readEstate(stack.resources), "web").routes, "dns").targets[0]?.healthCheck;
  };

  it("is as slow as its slowest child and sees what its children see", () => {
    expect(record([10, 30])).toMatchObject({
      kind: "calculated",
      intervalSeconds: { known: true, value: 90 },
      failureThreshold: { known: true, value: 1 },
      observers: [`region:${tokyo}`],
      shallow: false,
    });
  });

  it("is none where its children are turned round: they call an endpoint healthy once it is dead", () => {
    expect(record([10], false, true)).toBeUndefined();
  });

  it("promises nothing where it has no children, or only itself", () => {
    expect(record([])).toMatchObject({ intervalSeconds: { known: false } });
    expect(record([], true)).toMatchObject({ intervalSeconds: { known: false } });
  });
});

describe.each([{ preview: true }, { preview: false }])("Direct Connect (preview: $preview)", (mode) => {
  const links = (stack: StackBuilder, locations: readonly string[]) => {
    const gateway = stack.add("aws:directconnect/gateway:Gateway", "corp", {});
    for (const [index, location] of locations.entries()) {
      const connection = stack.add("aws:directconnect/connection:Connection", `link-${index}`, {
        region: seoul,
        location,
        tags: index === 0 ? tags({ service: "corp-link" }) : {},
      });
      stack.add("aws:directconnect/transitVirtualInterface:TransitVirtualInterface", `link-${index}`, {
        connectionId: output(connection),
        dxGatewayId: output(gateway),
      });
    }
    return gateway;
  };

  it("counts two connections in one building as one place", () => {
    const stack = new StackBuilder(mode);
    links(stack, ["KINX1", "KINX1"]);
    const estate = readEstate(stack.resources);
    expect(placesOf(serviceIn(estate, "corp-link"))).toEqual([
      `facility:direct-connect/KINX1+region:${seoul} active 1`,
      `facility:direct-connect/KINX1+region:${seoul} active 1`,
    ]);
    expect(createSurvival(estate).outcome("corp-link", ["facility:direct-connect/KINX1"]).status).toBe("down");
  });

  it("takes a VPN to the same transit gateway as a second way", () => {
    const stack = new StackBuilder(mode);
    const gateway = links(stack, ["KINX1"]);
    const transit = stack.add("aws:ec2transitgateway/transitGateway:TransitGateway", "hub", { region: seoul });
    stack.add("aws:directconnect/gatewayAssociation:GatewayAssociation", "hub", {
      dxGatewayId: output(gateway),
      associatedGatewayId: output(transit),
    });
    stack.add("aws:ec2/vpnConnection:VpnConnection", "backup", { region: seoul, transitGatewayId: output(transit) });
    const estate = readEstate(stack.resources);
    const [service] = estate.services;
    expect(service?.replicas).toHaveLength(2);
    expect(service && createSurvival(estate).outcome(service.id, ["facility:direct-connect/KINX1"]).status).toBe("up");
    const ways = estate.facts.filter(({ kind }) => kind === "link");
    expect(ways).toMatchObject([
      { location: { value: "facility:direct-connect/KINX1" }, regions: [{ value: `region:${seoul}` }] },
      { regions: [{ value: `region:${seoul}` }] },
    ]);
    expect(ways[1]).not.toHaveProperty("location");
  });

  it("leads into the regions of the gateways behind it, and is no way where nothing leads over it", () => {
    const stack = new StackBuilder(mode);
    const gateway = links(stack, ["KINX1"]);
    for (const region of [seoul, tokyo]) {
      const transit = stack.add("aws:ec2transitgateway/transitGateway:TransitGateway", region, { region });
      stack.add("aws:directconnect/gatewayAssociation:GatewayAssociation", region, {
        dxGatewayId: output(gateway),
        associatedGatewayId: output(transit),
      });
    }
    stack.add("aws:directconnect/connection:Connection", "spare", {
      region: seoul,
      location: "EqTY2",
      providerName: "kt",
    });
    const ways = readEstate(stack.resources).facts.filter(({ kind }) => kind === "link");
    expect(ways).toMatchObject([{ regions: [{ value: `region:${tokyo}` }, { value: `region:${seoul}` }] }]);
  });

  it("ends at a carrier; without any interface in the stack it leads into its own region", () => {
    const stack = new StackBuilder(mode);
    stack.add("aws:directconnect/connection:Connection", "only", {
      region: seoul,
      location: "KINX1",
      providerName: "kt",
    });
    const ways = readEstate(stack.resources).facts.filter(({ kind }) => kind === "link");
    expect(ways).toMatchObject([{ carrier: "carrier:kt", regions: [{ value: `region:${seoul}` }] }]);
  });
});

describe.each([{ preview: true }, { preview: false }])("EKS (preview: $preview)", (mode) => {
  const cluster = (stack: StackBuilder) => {
    const subnets = stack.subnets("net", seoul, ["apne2-az1", "apne2-az2", "apne2-az3"]);
    const added = stack.add("aws:eks/cluster:Cluster", "prod", { region: seoul });
    inside(stack, added, "vpcConfig", subnets, (ids) => ({ subnetIds: ids }));
    stack.add("aws:eks/nodeGroup:NodeGroup", "nodes", {
      region: seoul,
      clusterName: output(added),
      subnetIds: subnets.slice(0, 1).map((subnet) => output(subnet)),
      scalingConfig: { minSize: 1, maxSize: 6, desiredSize: 3 },
      tags: tags({ service: "search" }),
    });
    return added;
  };

  it("places pods where the nodes are, not where the control plane could have them", () => {
    const stack = new StackBuilder(mode);
    const provider = stack.add("pulumi:providers:kubernetes", "prod", { kubeconfig: output(cluster(stack), "name") });
    stack.deployment(provider, "search", 3);
    const estate = readEstate(stack.resources);
    expect(placesOf(serviceIn(estate, "search"))).toEqual(["zone:apne2-az1 active 3"]);
  });

  it("lets the nodes stand for what runs on them where the stack holds no objects of the cluster", () => {
    const stack = new StackBuilder(mode);
    cluster(stack);
    const estate = readEstate(stack.resources);
    expect(placesOf(serviceIn(estate, "search"))).toEqual(["zone:apne2-az1 active 3"]);
    expect(estate.facts).toMatchObject([{ kind: "autoscaling", service: "search", maximum: { value: 6 } }]);
  });
});

test("a third party that an account trusts is named as a vendor, a cluster's own issuer is not", () => {
  const stack = new StackBuilder();
  const issuer = (name: string, url: string) =>
    stack.add("aws:iam/openIdConnectProvider:OpenIdConnectProvider", name, { url });
  issuer("github", "https://token.actions.githubusercontent.com");
  issuer("own", "https://oidc.eks.ap-northeast-2.amazonaws.com/id/ABC");
  expect(readEstate(stack.resources).services.map(({ id }) => id)).toEqual(["vendor:githubusercontent.com"]);
});

test("two buses behind one endpoint are one service, left by the health check of the first", () => {
  const stack = new StackBuilder();
  const buses = [seoul, tokyo].map((region) =>
    stack.add(
      "aws:cloudwatch/eventBus:EventBus",
      `orders-${region}`,
      { region },
      { computed: { arn: `arn:aws:events:${region}:1:event-bus/orders` } },
    ),
  );
  const check = stack.add("aws:route53/healthCheck:HealthCheck", "orders", { type: "CLOUDWATCH_METRIC" });
  const endpoint = stack.add("aws:cloudwatch/eventEndpoint:EventEndpoint", "orders", { region: seoul });
  inside(stack, endpoint, "eventBuses", buses, (arns) => arns.map((eventBusArn) => ({ eventBusArn })), "arn");
  inside(stack, endpoint, "routingConfig", [check], ([healthCheck]) => ({
    failoverConfig: { primary: { healthCheck }, secondary: { route: tokyo } },
  }));
  const estate = readEstate(stack.resources);
  const service = estate.services.find(({ replicas }) => replicas.length === 2);
  expect(service?.routes[0]?.targets.map(({ lastResort }) => lastResort)).toEqual([false, true]);
  expect(service?.routes[0]?.targets[0]?.healthCheck?.kind).toBe("alarm");
});
