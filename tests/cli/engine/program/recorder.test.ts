import { answerInvoke } from "../../../../cli/engine/program/invokes";
import { Recorder, type RegisterRequest } from "../../../../cli/engine/program/recorder";
import { unknownText } from "../../../../cli/engine/program/wire";

const stackUrn = "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev";

function request(changes: Partial<RegisterRequest>): RegisterRequest {
  return {
    ...{
      type: "aws:ec2/vpc:Vpc",
      name: "main",
      custom: true,
      parent: stackUrn,
      provider: "",
      id: "",
      version: "7.48.0",
    },
    ...{ downloadUrl: "", inputs: {}, dependencies: [], propertyDependencies: {} },
    ...changes,
  };
}

function recorder(config: Readonly<Record<string, string>> = {}): Recorder {
  return new Recorder({ project: "p", stack: "dev", config });
}

test("chains the types of parents in a URN, without the stack", () => {
  const subject = recorder();
  const outer = subject.register(request({ type: "my:c:Outer", name: "o", custom: false }));
  const inner = subject.register(request({ type: "my:c:Inner", name: "i", custom: false, parent: outer.urn }));
  const vpc = subject.register(request({ parent: inner.urn }));
  expect(vpc.urn).toBe("urn:pulumi:dev::p::my:c:Outer$my:c:Inner$aws:ec2/vpc:Vpc::main");
});

test("makes one default provider for a package's version, from the stack's configuration", () => {
  const subject = recorder({ "aws:region": "ap-northeast-2", "aws:defaultTags": '{"tags":{"a":"b"}}', "p:x": "y" });
  subject.register(request({ name: "one" }));
  subject.register(request({ name: "two" }));
  const urn = "urn:pulumi:dev::p::pulumi:providers:aws::default_7_48_0";
  const providers = subject.registrations().filter((one) => one.type.startsWith("pulumi:providers:"));
  expect(providers.map((one) => one.urn)).toEqual([urn]);
  expect(providers[0]?.inputs).toEqual({
    region: "ap-northeast-2",
    defaultTags: { tags: { a: "b" } },
    version: "7.48.0",
  });
  expect(subject.registrations()[0]?.provider).toBe(`${urn}::${unknownText}`);
});

test("keeps an explicit provider, and gives components none", () => {
  const subject = recorder();
  expect(subject.register(request({ provider: "urn:x::id" })).provider).toBe("urn:x::id");
  expect(subject.register(request({ custom: false, type: "my:c:C" })).provider).toBeUndefined();
});

test("refuses a URN that is taken", () => {
  const subject = recorder();
  subject.register(request({}));
  expect(() => subject.register(request({}))).toThrow(/main is registered twice/);
});

test("keeps what a component publishes, not its arguments", () => {
  const subject = recorder();
  const { urn } = subject.register(request({ custom: false, type: "my:c:C", inputs: { secret: 1 } }));
  expect(subject.get(urn)?.outputs).toEqual({});
  subject.publish(urn, { service: "messenger" });
  expect(subject.get(urn)?.outputs).toEqual({ service: "messenger" });
});

test("names a Kubernetes object as the provider does, the same in every run", () => {
  const inputs = { kind: "ConfigMap", metadata: { labels: { a: "b" } } };
  const named = () => recorder().register(request({ type: "kubernetes:core/v1:ConfigMap", inputs })).outputs;
  expect(named()).toEqual({
    kind: "ConfigMap",
    metadata: { labels: { a: "b" }, name: expect.stringMatching(/^main-[0-9a-f]{8}$/) as string },
  });
  expect(named()).toEqual(named());
  const own = { kind: "ConfigMap", metadata: { name: "mine" } };
  expect(recorder().register(request({ type: "kubernetes:core/v1:ConfigMap", inputs: own })).outputs).toEqual(own);
});

test("sorts registrations by URN, in whatever order they came", () => {
  const names = (order: readonly string[]) => {
    const subject = recorder();
    for (const name of order) subject.register(request({ name }));
    return subject.registrations().map((one) => one.urn);
  };
  expect(names(["b", "a", "c"])).toEqual(names(["c", "b", "a"]));
});

describe("functions answered without the cloud", () => {
  const context = { region: "ap-northeast-2" };
  const zones = "aws:index/getAvailabilityZones:getAvailabilityZones";

  test("zones of the provider's region, by name and id", () => {
    expect(answerInvoke(zones, {}, context)).toMatchObject({
      names: ["ap-northeast-2a", "ap-northeast-2b", "ap-northeast-2c"],
      zoneIds: ["apne2-az1", "apne2-az2", "apne2-az3"],
    });
  });

  test("the region of the arguments wins over the provider's", () => {
    expect(answerInvoke(zones, { region: "us-east-1" }, context)).toMatchObject({
      zoneIds: ["use1-az1", "use1-az2", "use1-az3"],
    });
  });

  test("without a region there is a reason, not a guess", () => {
    expect(answerInvoke(zones, {}, { region: undefined })).toMatch(/^No region is set/);
  });

  test("what is not among them has no answer, not even a name that every object has", () => {
    expect(answerInvoke("aws:ec2/getVpc:getVpc", {}, context)).toBeUndefined();
    expect(answerInvoke("constructor", {}, context)).toBeUndefined();
  });
});
