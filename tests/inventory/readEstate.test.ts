/** What holds for every stack: order does not matter, nothing passes in silence, claims cannot lower. */
import fc from "fast-check";
import { readEstate } from "../../inventory";
import { isNothing } from "../../inventory/nothing";
import { readers } from "../../inventory/readers";
import { UNKNOWN, type Value } from "../../inventory/resource";
import { facility } from "../support/estateBuilder";
import { output, StackBuilder, tags } from "../support/stackBuilder";

const seoul = "ap-northeast-2";

function mixedStack(): StackBuilder {
  const stack = new StackBuilder();
  const subnets = stack.subnets("net", seoul, ["apne2-az1", "apne2-az2"]);
  const { targets } = stack.loadBalancer("web", seoul, subnets, { service: "messenger" });
  const words = { service: "messenger", tier: "critical", dependsOn: "login,?music|ads,^tools" } as const;
  stack.autoscalingGroup("web", seoul, subnets, 4, words, { targetGroupArns: [output(targets, "arn")] });
  stack.add("aws:dynamodb/table:Table", "messages", {
    region: seoul,
    tags: tags({ service: "messenger", tier: "standard" }),
  });
  for (const name of ["pangyo", "ansan"]) {
    stack.deployment(stack.cluster(name, stack.site(facility(name))), "login", 2, {
      service: "login",
      tier: "standard",
    });
  }
  return stack;
}

describe("readEstate", () => {
  it("gives the same estate for the same resources in any order", () => {
    const { resources } = mixedStack();
    const expected = JSON.stringify(readEstate(resources));
    fc.assert(
      fc.property(fc.shuffledSubarray(resources, { minLength: resources.length }), (shuffled) => {
        expect(JSON.stringify(readEstate(shuffled))).toBe(expected);
      }),
      { numRuns: 50 },
    );
  });

  it("reads dependencies from words, and raises what a critical service needs, whatever its own tag says", () => {
    const { services } = readEstate(mixedStack().resources);
    const messenger = services.find(({ id }) => id === "messenger");
    expect(messenger?.dependencies.map(({ strength, anyOf }) => [strength, anyOf.join("|")])).toEqual([
      ["hard", "login"],
      ["hard", "messenger/messages"],
      ["startup", "tools"],
      ["soft", "ads|music"],
    ]);
    expect(services.find(({ id }) => id === "login")).toMatchObject({
      tier: "critical",
      tierFrom: { source: "inherited", service: "messenger" },
    });
    expect(services.find(({ id }) => id === "messenger/messages")?.tier).toBe("critical");
  });

  it("lets what a service runs need all that it keeps, and what it keeps nothing of it", () => {
    const needsOf = (compute: boolean) => {
      const stack = new StackBuilder();
      const words = tags({ service: "orders", tier: "critical" });
      for (const name of ["new", "paid"]) stack.add("aws:sqs/queue:Queue", name, { region: seoul, tags: words });
      if (compute) stack.add("aws:lambda/function:Function", "orders", { region: seoul, tags: words });
      return readEstate(stack.resources).services.map(({ id, dependencies }) => [
        id,
        dependencies.flatMap(({ anyOf }) => anyOf),
      ]);
    };
    expect(needsOf(true)).toEqual([
      ["orders", ["orders/new", "orders/paid"]],
      ["orders/new", []],
      ["orders/paid", []],
    ]);
    expect(needsOf(false)).toEqual([
      ["orders/new", []],
      ["orders/paid", []],
    ]);
  });

  it("takes a service for critical where its tags are not known", () => {
    const tierFrom = (given: Readonly<Record<string, Value>>, options: Parameters<typeof readEstate>[1] = {}) => {
      const stack = new StackBuilder();
      stack.add("aws:sqs/queue:Queue", "a", { region: seoul, ...given });
      return readEstate(stack.resources, options).services.map(
        (service) => `${service.tier} ${service.tierFrom.source}`,
      );
    };
    expect(tierFrom({ tags: UNKNOWN })).toEqual(["critical unknown"]);
    expect(tierFrom({ tags: { "duplex:tier": UNKNOWN } })).toEqual(["critical unknown"]);
    expect(tierFrom({ tags: UNKNOWN }, { tiers: { a: "standard" } })).toEqual(["standard configuration"]);
    // What the cloud computes from known tags hides nothing.
    expect(tierFrom({ tags: { team: UNKNOWN }, tagsAll: UNKNOWN })).toEqual(["standard default"]);
  });

  it("takes a service for critical where its labels are not known", () => {
    const stack = new StackBuilder();
    stack.add("kubernetes:apps/v1:Deployment", "a", {
      metadata: { name: "a", labels: UNKNOWN },
      spec: { replicas: 2 },
    });
    expect(readEstate(stack.resources).services).toMatchObject([{ tier: "critical", tierFrom: { source: "unknown" } }]);
  });

  it("takes a tier from the options before any tag, by the stack's own words too, and reports a word that means nothing", () => {
    const stack = new StackBuilder();
    stack.add("aws:sqs/queue:Queue", "a", { region: seoul, tags: tags({ tier: "gold" }) });
    stack.add("aws:sqs/queue:Queue", "b", { region: seoul, tags: tags({ tier: "important" }) });
    const tierOf = (options: Parameters<typeof readEstate>[1]) =>
      readEstate(stack.resources, options).services.map(({ tier, tierFrom }) => `${tier} ${tierFrom.source}`);
    expect(tierOf({})).toEqual(["standard default", "important tag"]);
    expect(tierOf({ tierNames: { gold: "critical" } })).toEqual(["critical tag", "important tag"]);
    expect(tierOf({ tiers: { b: "critical" } })).toEqual(["standard default", "critical configuration"]);
    expect(readEstate(stack.resources).notJudged.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('"gold"'),
    ]);
  });

  it("takes what a component publishes as said of its service, also where nothing of it stands anywhere", () => {
    const stack = new StackBuilder();
    const published = {
      service: "pay",
      tier: "critical",
      layer: "compute",
      users: 10,
      paid: true,
      outageCostPerHour: { amount: 5, currency: "KRW" },
      peakRps: 100,
      objectives: { rtoSeconds: 60, rpoSeconds: 0, leastShare: 1 },
      dependsOn: ["login|card"],
    };
    stack.component("duplex:service:ActiveActiveService", "pay", published);
    const [pay] = readEstate(stack.resources).services;
    expect(pay).toMatchObject({
      id: "pay",
      tier: "critical",
      tierFrom: { source: "configuration" },
      users: 10,
      paid: true,
      outageCostPerHour: { amount: 5, currency: "KRW" },
      peakRps: { known: true, value: 100 },
      objectives: { rtoSeconds: 60 },
      replicas: [],
    });
    expect(pay?.dependencies).toMatchObject([{ anyOf: ["card", "login"], evidence: { property: "dependsOn" } }]);
  });

  it("reports what no reader knows, and not what places nothing", () => {
    const stack = new StackBuilder();
    const judged = [
      "aws:dms/replicationInstance:ReplicationInstance",
      "gcp:compute/instance:Instance",
      "kubernetes:acme.example/v1:Fleet",
    ];
    const harmless = [
      "aws:iam/role:Role",
      "random:index/randomPet:RandomPet",
      "kubernetes:core/v1:Namespace",
      "aws:ec2/vpc:Vpc",
    ];
    for (const type of [...judged, ...harmless]) stack.add(type, "x");
    stack.component("acme:shop:Shop", "x");
    expect(
      readEstate(stack.resources)
        .notJudged.map(({ type }) => type)
        .sort(),
    ).toEqual([...judged].sort());
  });

  it("lists each type in one reader, and none that is also called harmless, but the parts that a whole reads", () => {
    const types = readers.flatMap((reader) => reader.types);
    expect(types.filter((type, index) => types.indexOf(type) !== index)).toEqual([]);
    expect(types.filter((type) => isNothing(type) && !type.startsWith("duplex:"))).toEqual([]);
  });

  it("ends on cyclic parents", () => {
    // Sources of documents refuse them (DPX408); readEstate takes resources of any origin.
    const stack = new StackBuilder();
    const one = stack.add("c:d:E", "one", {}, { custom: false });
    const two = stack.add("c:d:E", "two", {}, { custom: false, parent: one });
    const queue = stack.add("aws:sqs/queue:Queue", "q", {}, { parent: one });
    const estate = readEstate([{ ...one, parent: two.urn }, two, queue]);
    expect(estate.services.map(({ id }) => id)).toEqual(["one"]);
  });
});
