/** Platforms of AWS that run what they are given, and ways of a network that end in zones. */
import { readEstate } from "../../inventory";
import { textAt, texts } from "../../inventory/values";
import { createSurvival } from "../../survival";
import { placesOf, serviceIn } from "../support/estateOf";
import { output, StackBuilder, tags } from "../support/stackBuilder";

const seoul = "ap-northeast-2";
const region = seoul;
const zones = ["apne2-az1", "apne2-az2", "apne2-az3"];
const allZones = (units: number) => zones.map((zone) => `zone:${zone} active ${units}`);

/** A stack with one subnet in each zone. */
function netted() {
  const stack = new StackBuilder();
  const subnets = stack.subnets("net", seoul, zones);
  const ids = texts(subnets.map(({ id }) => id));
  const places = (id: string) => placesOf(serviceIn(readEstate(stack.resources), id));
  return { stack, subnets, ids, places };
}

it("reads an environment of Beanstalk by its settings: subnets, bounds, or a single machine", () => {
  const { stack, ids, places } = netted();
  const setting = (namespace: string, name: string, value: string) => ({ namespace, name, value });
  const subnets = setting("aws:ec2:vpc", "Subnets", ids.join(", "));
  const environment = (name: string, settings: readonly ReturnType<typeof setting>[]) =>
    stack.add("aws:elasticbeanstalk/environment:Environment", name, { region, settings });
  environment("wide", [subnets, setting("aws:autoscaling:asg", "MinSize", "3"), setting("aws:autoscaling:asg", "MaxSize", "9")]);
  environment("single", [subnets, setting("aws:elasticbeanstalk:environment", "EnvironmentType", "SingleInstance")]);
  environment("nowhere", []);
  expect(places("wide")).toEqual(allZones(1));
  expect(places("single")).toEqual(["zone:apne2-az1 active 1"]);
  expect(places("nowhere")[0]).toMatch(/^\? .*nowhere\.settings active 1$/);
  const bounds = readEstate(stack.resources).facts.filter(({ kind }) => kind === "autoscaling");
  expect(bounds).toMatchObject([
    { service: "nowhere", minimum: { value: 1 }, maximum: { value: 4 } },
    { service: "single", minimum: { value: 1 }, maximum: { value: 1 } },
    { service: "wide", minimum: { value: 3 }, maximum: { value: 9 } },
  ]);
}); // prettier-ignore

it("reads where jobs run: Batch in the zones of its subnets, EMR in one", () => {
  const { stack, ids, places } = netted();
  const batch = (name: string, type: string) =>
    stack.add("aws:batch/computeEnvironment:ComputeEnvironment", name, { region, type: "MANAGED", computeResources: { type, subnets: ids, maxVcpus: 16 } });
  batch("nightly", "FARGATE");
  batch("cheap", "FARGATE_SPOT");
  stack.add("aws:emr/cluster:Cluster", "numbers", { region, ec2Attributes: { subnetIds: ids } });
  expect(places("nightly")).toEqual(allZones(1));
  expect(places("numbers")).toEqual(["zone:apne2-az1 active 1"]);
  const spot = readEstate(stack.resources).facts.filter(({ kind }) => kind === "spot");
  expect(spot).toMatchObject([{ service: "cheap", share: { value: 1 } }]);
}); // prettier-ignore

it("reads an endpoint of SageMaker: in the zones of its model, else in the region from two instances on", () => {
  const { stack, ids, places } = netted();
  const model = stack.add("aws:sagemaker/model:Model", "inside", {
    region,
    name: "inside",
    vpcConfig: { subnets: ids },
  });
  const endpoint = (name: string, variant: Record<string, number | string | object | null>) => {
    const configuration = stack.add("aws:sagemaker/endpointConfiguration:EndpointConfiguration", name, {
      region,
      productionVariants: [variant as Record<string, string>],
    });
    stack.add("aws:sagemaker/endpoint:Endpoint", name, { region, endpointConfigName: output(configuration) });
  };
  endpoint("inside", { initialInstanceCount: 3, modelName: textAt(model, "name") ?? "" });
  endpoint("pair", { initialInstanceCount: 2, modelName: "elsewhere", serverlessConfig: null });
  endpoint("lone", { initialInstanceCount: 1, modelName: "elsewhere" });
  endpoint("asked", { serverlessConfig: { maxConcurrency: 5 }, modelName: "elsewhere" });
  expect(places("inside")).toEqual(allZones(1));
  expect(places("pair")).toEqual([`region:${seoul} active 2`]);
  expect(places("asked")).toEqual([`region:${seoul} active 2`]);
  expect(places("lone")[0]).toMatch(/^\? .*lone\.productionVariants active 1$/);
});

it("reads a transfer server in its region, or in the zones of its subnets", () => {
  const { stack, ids, places } = netted();
  stack.add("aws:transfer/server:Server", "public", { region });
  stack.add("aws:transfer/server:Server", "inside", { region, endpointType: "VPC", endpointDetails: { subnetIds: ids.slice(0, 1) } });
  expect(places("public")).toEqual([`region:${seoul} active 1`]);
  expect(places("inside")).toEqual(["zone:apne2-az1 active 1"]);
}); // prettier-ignore

it("reads Lightsail: machines behind their load balancer, disks and databases", () => {
  const stack = new StackBuilder();
  const words = { region, tags: tags({ service: "blog" }) };
  const balancer = stack.add("aws:lightsail/lb:Lb", "front", { ...words, name: "front", instancePort: 80 });
  for (const zone of ["a", "c"]) {
    const instance = stack.add("aws:lightsail/instance:Instance", `web-${zone}`, { ...words, availabilityZone: `${region}${zone}` });
    stack.add("aws:lightsail/lbAttachment:LbAttachment", zone, { region, lbName: output(balancer, "name"), instanceName: output(instance) });
  }
  stack.add("aws:lightsail/disk:Disk", "files", { region, availabilityZone: `${region}a`, sizeInGb: 8 });
  const database = (name: string, bundleId: string, more: object = {}) =>
    stack.add("aws:lightsail/database:Database", name, { region, availabilityZone: `${region}a`, bundleId, ...more });
  database("single", "micro_2_0");
  database("paired", "micro_ha_2_0", { backupRetentionEnabled: false });
  const estate = readEstate(stack.resources);
  const [route] = serviceIn(estate, "blog").routes;
  expect(placesOf(serviceIn(estate, "blog"))).toEqual(["a", "c"].map((zone) => `zone:${region}${zone}+region:${region} active 1`));
  expect(route).toMatchObject({ kind: "loadBalancer" });
  expect(route?.targets).toHaveLength(2);
  expect(placesOf(serviceIn(estate, "files"))).toEqual([`zone:${region}a active 1`]);
  expect(placesOf(serviceIn(estate, "single"))).toEqual([`zone:${region}a active 1`]);
  expect(serviceIn(estate, "single").backups).toMatchObject([{ retentionSeconds: { value: 7 * 86_400 } }]);
  expect(placesOf(serviceIn(estate, "paired"))).toEqual([`region:${region} active 1`]);
  expect(serviceIn(estate, "paired").backups).toEqual([]);
  expect(estate.notJudged).toEqual([]);
}); // prettier-ignore

it("reads an API of AppSync and a pipe in their region, with what they need", () => {
  const stack = new StackBuilder();
  const table = stack.add("aws:dynamodb/table:Table", "orders", { region, name: "orders" });
  const queue = stack.add("aws:sqs/queue:Queue", "paid", { region }, { computed: { arn: "arn:aws:sqs:x:1:paid" } });
  const handler = stack.add("aws:lambda/function:Function", "handler", { region }, { computed: { arn: "arn:aws:lambda:x:1:handler" } });
  const api = stack.add("aws:appsync/graphQLApi:GraphQLApi", "graph", { region, authenticationType: "API_KEY" });
  stack.add("aws:appsync/dataSource:DataSource", "table", { apiId: output(api), dynamodbConfig: { tableName: textAt(table, "name") ?? "" } });
  stack.add("aws:appsync/dataSource:DataSource", "function", { apiId: output(api), lambdaConfig: { functionArn: textAt(handler, "arn") ?? "" } });
  stack.add("aws:pipes/pipe:Pipe", "move", { region, source: output(queue, "arn"), target: output(handler, "arn") });
  const estate = readEstate(stack.resources);
  expect(placesOf(serviceIn(estate, "graph"))).toEqual([`region:${seoul} active 1`]);
  expect(serviceIn(estate, "graph").dependencies.map(({ anyOf }) => anyOf)).toEqual([["handler"], ["orders"]]);
  expect(serviceIn(estate, "move").dependencies.map(({ anyOf }) => anyOf)).toEqual([["handler"], ["paid"]]);
}); // prettier-ignore

it("reads a schedule and a sender of mail in their region, and the same sender in two regions as one", () => {
  const stack = new StackBuilder();
  stack.add("aws:scheduler/schedule:Schedule", "nightly", { region, name: "nightly", scheduleExpression: "rate(1 day)" });
  for (const one of [seoul, "ap-northeast-1"]) {
    stack.add("aws:sesv2/emailIdentity:EmailIdentity", `mail-${one}`, { region: one, emailIdentity: "shop.example", tags: tags({ service: "mail" }) });
  }
  const estate = readEstate(stack.resources);
  expect(placesOf(serviceIn(estate, "nightly"))).toEqual([`region:${seoul} active 1`]);
  expect(placesOf(serviceIn(estate, "mail"))).toEqual([`region:ap-northeast-1 active 1`, `region:${seoul} active 1`]);
}); // prettier-ignore

describe("ways of a network", () => {
  it("stand in the zones of their subnets, where they say whose they are", () => {
    const { stack, ids, subnets } = netted();
    const of = (service: string) => ({ region, tags: tags({ service, tier: "critical" }) });
    const subnetIds = subnets.slice(0, 1).map((subnet) => output(subnet));
    stack.add("aws:ec2/vpcEndpoint:VpcEndpoint", "kms", { ...of("keys"), vpcEndpointType: "Interface", subnetIds });
    stack.add("aws:ec2/vpcEndpoint:VpcEndpoint", "s3", of("files"));
    stack.add("aws:ec2/vpcEndpoint:VpcEndpoint", "nobody", { region, vpcEndpointType: "Interface", subnetIds });
    stack.add("aws:route53/resolverEndpoint:ResolverEndpoint", "ask", { ...of("names"), ipAddresses: ids.slice(0, 2).map((subnetId) => ({ subnetId })) });
    stack.add("aws:networkfirewall/firewall:Firewall", "wall", { ...of("guard"), deleteProtection: true, subnetMappings: ids.map((subnetId) => ({ subnetId })) });
    stack.add("aws:networkfirewall/firewall:Firewall", "hub", { ...of("hub"), availabilityZoneMappings: [{ availabilityZoneId: "apne2-az3" }] });
    const estate = readEstate(stack.resources);
    expect(placesOf(serviceIn(estate, "keys"))).toEqual(["zone:apne2-az1 active 1"]);
    expect(placesOf(serviceIn(estate, "files"))).toEqual([`region:${seoul} active 1`]);
    expect(placesOf(serviceIn(estate, "names"))).toEqual(["zone:apne2-az1 active 1", "zone:apne2-az2 active 1"]);
    expect(placesOf(serviceIn(estate, "guard"))).toEqual(allZones(1));
    expect(placesOf(serviceIn(estate, "hub"))).toEqual(["zone:apne2-az3 active 1"]);
    expect(estate.services.map(({ id }) => id)).not.toContain("nobody");
    expect(estate.facts.filter(({ kind }) => kind === "deletion")).toMatchObject([
      { service: "hub", holds: "traffic", protected: { value: false } },
      { service: "guard", holds: "traffic", protected: { value: true } },
    ]);
    expect(createSurvival(estate).outcome("keys", ["zone:apne2-az1"]).status).toBe("down");
  });
}); // prettier-ignore

describe("pods of a managed cluster", () => {
  /** Where a Deployment that must spread stands, beside a node group in the first zone. */
  const placesWith = (changes: { readonly isAuto?: boolean; readonly requirements?: readonly object[] }) => {
    const { stack, subnets, places } = netted();
    const cluster = stack.add("aws:eks/cluster:Cluster", "main", {
      region,
      name: "main",
      ...(changes.isAuto === true ? { computeConfig: { enabled: true } } : {}),
      vpcConfig: { subnetIds: texts(subnets.map(({ id }) => id)) },
    });
    stack.add("aws:eks/nodeGroup:NodeGroup", "system", { region, clusterName: output(cluster), subnetIds: [output(subnets[0] ?? cluster)] });
    const provider = stack.add("pulumi:providers:kubernetes", "main", { kubeconfig: output(cluster, "name") });
    if (changes.requirements !== undefined) {
      const spec = { template: { spec: { requirements: changes.requirements } } } as Record<string, object> as Record<string, never>;
      stack.add("kubernetes:karpenter.sh/v1:NodePool", "general", { metadata: { name: "general" }, spec }, { provider });
    }
    const spread = { topologySpreadConstraints: [{ topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "DoNotSchedule", labelSelector: { matchLabels: { app: "shop" } } }] };
    stack.deployment(provider, "shop", 3, {}, spread);
    return places("shop");
  };

  it("stand in all subnets of a cluster in Auto Mode, beside its node groups", () => {
    expect(placesWith({ isAuto: true })).toEqual(allZones(1));
    expect(placesWith({})).toEqual(["zone:apne2-az1 active 3"]);
  });

  it("stand in the zones that a pool of Karpenter requires, and nobody knows where one that requires none makes nodes", () => {
    const zone = { key: "topology.kubernetes.io/zone", operator: "In", values: ["apne2-az2", "apne2-az3"] };
    const spot = { key: "karpenter.sh/capacity-type", operator: "In", values: ["spot"] };
    expect(placesWith({ requirements: [spot, zone] })).toEqual(allZones(1));
    expect(placesWith({ requirements: [spot] })[0]).toMatch(/^\? .*general\.spec\.template\.spec\.requirements active 3$/);
  });
}); // prettier-ignore
