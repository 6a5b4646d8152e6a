/** Secrets, faults, previews of updates, functions, and what is Kubernetes' own. */
import { rmSync } from "node:fs";
import { asText, at, object, UNKNOWN, type Properties } from "../../simulator/engine/values";
import { startProvider, temporaryFolder, urnOf, type Harness } from "./support/harness";

const signature = "4dabf18193072939515e22adb298388d";
function secret(value: string): Properties {
  return { [signature]: "1b47061264138c4ac30d75fd1eb44270", value };
}

const open: Harness[] = [];
const folders: string[] = [];
async function start(...args: Parameters<typeof startProvider>): Promise<Harness> {
  const harness = await startProvider(...args);
  open.push(harness);
  return harness;
}
afterEach(async () => {
  for (const harness of open.splice(0)) await harness.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const queue = "aws:sqs/queue:Queue";

describe("secrets", () => {
  test("a secret input stays one in inputs, outputs, previews and reads", async () => {
    const aws = await start("aws");
    const urn = urnOf(queue, "q");
    const given = { tags: { owner: secret("hush"), plain: "seen" } };
    const { inputs } = await aws.check(urn, given);
    expect(inputs["tags"]).toEqual(given.tags);
    expect((await aws.preview(urn, inputs))["tags"]).toEqual(given.tags);
    const made = await aws.create(urn, inputs);
    expect(made.state["tags"]).toEqual(given.tags);
    const seen = await aws.read(urn, made.id);
    expect(seen?.state["tags"]).toEqual(given.tags);
    expect(seen?.inputs["tags"]).toEqual(given.tags);
    expect((await aws.diff(urn, made.id, made.state, inputs, inputs)).changes).toBe(1);
  });

  test("a password is secret though the program does not say so", async () => {
    const random = await start("random");
    const urn = urnOf("random:index/randomPassword:RandomPassword", "p");
    const { inputs } = await random.check(urn, { length: 24, minNumeric: 3, special: false });
    expect((await random.preview(urn, inputs))["result"]).toEqual(secret(UNKNOWN));
    const { state } = await random.create(urn, inputs);
    const result = object(state["result"]);
    expect(result[signature]).toBe(secret("")[signature]);
    expect(result["value"]).toMatch(/^[A-Za-z0-9]{24}$/);
    expect(asText(result["value"]).replace(/\D/g, "").length).toBeGreaterThanOrEqual(3);
  });

  test("two clouds do not draw the same password for the same name", async () => {
    const urn = urnOf("random:index/randomPassword:RandomPassword", "p");
    const drawn = await Promise.all(
      [1, 2].map(async () => {
        const random = await start("random");
        return (await random.create(urn, (await random.check(urn, { length: 24 })).inputs)).state["result"];
      }),
    );
    expect(drawn[0]).not.toEqual(drawn[1]);
  });
});

describe("faults", () => {
  test("fail as many matching calls as asked for, and no other", async () => {
    const aws = await start("aws");
    aws.cloud.fail({ type: "sqs/", operation: "create", calls: 2, error: "InternalError: try again." });
    const { inputs } = await aws.check(urnOf(queue, "q"), {});
    const zone = await aws.create(urnOf("aws:route53/zone:Zone", "z"), { name: "example.com" });
    expect(zone.id).toMatch(/^Z/);
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(aws.create(urnOf(queue, "q"), inputs)).rejects.toThrow(/InternalError: try again\. \[DPX514\]/);
    }
    expect(aws.cloud.list(queue)).toEqual([]);
    expect((await aws.create(urnOf(queue, "q"), inputs)).id).toContain("sqs");
  });

  test("a throttled call is tried three times", async () => {
    const aws = await start("aws");
    const { inputs } = await aws.check(urnOf(queue, "q"), {});
    aws.cloud.fail({ urn: "::q", throttle: true, calls: 2 });
    await aws.create(urnOf(queue, "q"), inputs);
    expect(aws.waited).toEqual([200, 400]);
    aws.cloud.fail({ urn: "::q", throttle: true, calls: 3 });
    await expect(aws.create(urnOf(queue, "q"), inputs)).rejects.toThrow(/Rate exceeded.*Tried 3 times.*DPX515/);
  });

  test("a slow call is slow, and then done", async () => {
    const aws = await start("aws");
    const { inputs } = await aws.check(urnOf(queue, "q"), {});
    aws.cloud.fail({ place: "ap-northeast-2", delayMs: 30_000 });
    await aws.create(urnOf(queue, "q"), inputs);
    expect(aws.waited).toEqual([30_000]);
  });
});

describe("previews of updates", () => {
  test("keep what stays and mark what the change will make anew", async () => {
    const aws = await start("aws");
    const token = "aws:ec2/launchTemplate:LaunchTemplate";
    const urn = urnOf(token, "t");
    const { inputs } = await aws.check(urn, { instanceType: "m7g.large" });
    const { id, state } = await aws.create(urn, inputs);
    const news = { ...inputs, instanceType: "m7g.xlarge" };
    const previewed = await aws.update(urn, id, state, news, true);
    expect(previewed).toMatchObject({ arn: state["arn"], latestVersion: UNKNOWN, instanceType: "m7g.xlarge" });
    expect((await aws.read(urn, id))?.state).toEqual(state);
    expect(await aws.update(urn, id, state, news)).toMatchObject({ arn: state["arn"], latestVersion: 2 });
  });

  test("an input that is not known yet counts as a change", async () => {
    const aws = await start("aws");
    const urn = urnOf(queue, "q");
    const { inputs } = await aws.check(urn, { tags: { a: "b" } });
    const { id, state } = await aws.create(urn, inputs);
    const diff = await aws.diff(urn, id, state, inputs, { ...inputs, tags: { a: UNKNOWN } });
    expect(diff.detaileddiffMap).toEqual([["tags.a", { kind: 4, inputdiff: true }]]);
  });

  test("unknown inputs pass Check wherever they stand", async () => {
    const aws = await start("aws");
    const token = "aws:lb/listener:Listener";
    const given = {
      loadBalancerArn: UNKNOWN,
      port: 80,
      protocol: "HTTP",
      defaultActions: [{ type: "forward", targetGroupArn: UNKNOWN }],
    };
    expect((await aws.check(urnOf(token, "l"), given)).failures).toEqual([]);
  });
});

test("default tags are merged under the resource's own, and the mark over all", async () => {
  const aws = await start("aws", {
    config: { region: "ap-northeast-2", defaultTags: JSON.stringify({ tags: { a: "1", b: "1" } }) },
  });
  const { inputs } = await aws.check(urnOf(queue, "q"), { tags: { b: "2" } });
  const { state } = await aws.create(urnOf(queue, "q"), inputs);
  expect(state["tagsAll"]).toEqual({ a: "1", b: "2", "duplex:cloud": "SIMULATED" });
});

describe("functions", () => {
  test("tell of the simulated account", async () => {
    const aws = await start("aws");
    expect(await aws.invoke("aws:index/getCallerIdentity:getCallerIdentity", {})).toMatchObject({
      accountId: "000000000000",
    });
    expect(await aws.invoke("aws:index/getPartition:getPartition", {})).toMatchObject({ partition: "aws-simulated" });
    expect(await aws.invoke("aws:index/getRegion:getRegion", {})).toMatchObject({ region: "ap-northeast-2" });
    const zones = await aws.invoke("aws:index/getAvailabilityZones:getAvailabilityZones", { region: "ap-northeast-1" });
    expect(zones).toMatchObject({
      names: ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"],
      zoneIds: ["apne1-az2", "apne1-az4", "apne1-az1"],
    });
  });

  test("a policy document is written as the vendor writes it", async () => {
    const aws = await start("aws");
    const { json } = await aws.invoke("aws:iam/getPolicyDocument:getPolicyDocument", {
      statements: [
        {
          actions: ["sts:AssumeRole"],
          principals: [{ type: "Service", identifiers: ["ec2.amazonaws.com"] }],
          effect: "Allow",
        },
        {
          sid: "two",
          actions: ["s3:b", "s3:a"],
          resources: ["*"],
          conditions: [{ test: "Bool", variable: "aws:x", values: ["true"] }],
        },
      ],
    });
    expect(JSON.parse(asText(json))).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
        {
          Sid: "two",
          Effect: "Allow",
          Action: ["s3:a", "s3:b"],
          Resource: "*",
          Condition: { Bool: { "aws:x": "true" } },
        },
      ],
    });
  });
});

describe("Kubernetes", () => {
  const service = "kubernetes:core/v1:Service";
  const spec = { type: "LoadBalancer", selector: { app: "web" }, ports: [{ port: 80 }] };

  test("a load balancer's address is unknown before, and known after its creation", async () => {
    const kubernetes = await start("kubernetes");
    const { inputs } = await kubernetes.check(urnOf(service, "web"), { spec });
    expect((await kubernetes.preview(urnOf(service, "web"), inputs))["status"]).toBe(UNKNOWN);
    const { id, state } = await kubernetes.create(urnOf(service, "web"), inputs);
    expect(id).toBe(`default/${asText(at(inputs, "metadata.name"))}`);
    expect(at(state, "status.loadBalancer")).toEqual({
      ingress: [
        {
          ip: expect.stringMatching(/^198\.18\./) as string,
          hostname: expect.stringMatching(/\.pangyo\.simulated\.invalid$/) as string,
        },
      ],
    });
  });

  test("two contexts are two clusters in one store", async () => {
    const folder = temporaryFolder();
    folders.push(folder);
    const namespace = "kubernetes:core/v1:Namespace";
    const inputs = { apiVersion: "v1", kind: "Namespace", metadata: { name: "app" } };
    const [pangyo, ansan] = [
      await start("kubernetes", { folder, config: { context: "pangyo" } }),
      await start("kubernetes", { folder, config: { context: "ansan" } }),
    ];
    await pangyo.create(urnOf(namespace, "p"), inputs);
    const made = await ansan.create(urnOf(namespace, "a"), inputs);
    pangyo.cloud.lose("cluster", "pangyo");
    expect((await ansan.read(urnOf(namespace, "a"), made.id))?.id).toBe("app");
    await expect(pangyo.read(urnOf(namespace, "p"), "app")).rejects.toThrow(/cluster pangyo is lost.*DPX513/);
  });

  test("a namespace must exist, and takes what is in it along", async () => {
    const kubernetes = await start("kubernetes");
    const inNamespace = { metadata: { name: "web", namespace: "app" }, spec };
    const { inputs } = await kubernetes.check(urnOf(service, "web"), inNamespace);
    await expect(kubernetes.create(urnOf(service, "web"), inputs)).rejects.toThrow(
      /no kubernetes:core\/v1:Namespace of that name.*DPX508/,
    );
    const namespace = urnOf("kubernetes:core/v1:Namespace", "app");
    const made = await kubernetes.create(namespace, { metadata: { name: "app" } });
    await kubernetes.create(urnOf(service, "web"), inputs);
    await kubernetes.delete(namespace, made.id, made.state);
    expect(kubernetes.cloud.list()).toEqual([]);
  });

  test("a selector cannot change in place", async () => {
    const kubernetes = await start("kubernetes");
    const urn = urnOf("kubernetes:apps/v1:Deployment", "web");
    const of = (app: string): Properties => ({
      spec: {
        selector: { matchLabels: { app } },
        template: { metadata: { labels: { app } }, spec: { containers: [{ name: "web", image: "web:1" }] } },
      },
    });
    const { inputs } = await kubernetes.check(urn, of("a"));
    const { id, state } = await kubernetes.create(urn, inputs);
    const { inputs: news } = await kubernetes.check(urn, of("b"), inputs);
    const diff = await kubernetes.diff(urn, id, state, inputs, news);
    expect(diff.detaileddiffMap.map(([path, { kind }]) => [path, kind])).toEqual([
      ["spec.selector.matchLabels.app", 5],
      ["spec.template.metadata.labels.app", 4],
    ]);
  });

  test("all mistakes of one object are told at once", async () => {
    const kubernetes = await start("kubernetes");
    const template = {
      metadata: { labels: { app: "b" } },
      spec: {
        containers: [{ name: "web", resources: { limits: { cpu: "1" }, requests: { cpu: "1500m", memory: "much" } } }],
      },
    };
    const { failures } = await kubernetes.check(urnOf("kubernetes:apps/v1:Deployment", "web"), {
      spec: { replica: 3, selector: { matchLabels: { app: "a" } }, template },
    });
    expect(failures.map((each) => each.slice(0, each.indexOf(": ")))).toEqual([
      "spec.replica",
      "spec.template.metadata.labels",
      "spec.template.spec.containers[0].image",
      'spec.template.spec.containers[0].resources.requests["cpu"]',
      'spec.template.spec.containers[0].resources.requests["memory"]',
    ]);
    expect(failures[0]).toContain("Write replicas");
  });
});
