/** Every source gives the same resources, with unknown values as markers, and refuses what it is not. */
import {
  fromPolicyResources,
  fromPreviewJson,
  fromRegistrations,
  fromStateExport,
  readResources,
  type PolicyResourceLike,
} from "../../inventory";
import { UNKNOWN } from "../../inventory/resource";
import { UserError } from "../../model";

/** The SDK's own proxy; it is exported, but its declaration is stripped from the package. */
const { unknownCheckingProxy } = jest.requireActual<{
  unknownCheckingProxy: (props: Record<string, unknown>) => Record<string, unknown>;
}>("@pulumi/policy");

const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const unknownNumber = "3eeb2bf0-c639-47a8-9e75-3b44932eb421";
const signature = "4dabf18193072939515e22adb298388d";
const secret = { [signature]: "1b47061264138c4ac30d75fd1eb44270" };
const urn = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;
const queue = urn("aws:sqs/queue:Queue", "in::take");
const provider = urn("pulumi:providers:aws", "default");

function codes(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof UserError) return error.mistakes.map(({ code }) => code);
    throw error;
  }
  return [];
}

const state = (...resources: unknown[]) => ({ version: 3, deployment: { manifest: {}, resources } });

test("parents that go round are refused once, with their place; parents that end are not", () => {
  const bucket = (name: string, parent?: string) => ({
    urn: `urn:pulumi:d::p::aws:s3/bucket:Bucket::${name}`,
    type: "aws:s3/bucket:Bucket",
    custom: true,
    ...(parent === undefined ? {} : { parent: `urn:pulumi:d::p::aws:s3/bucket:Bucket::${parent}` }),
  });
  const mistakesOf = (act: () => unknown): readonly unknown[] => {
    try {
      act();
    } catch (error) {
      if (error instanceof UserError) return error.mistakes;
      throw error;
    }
    return [];
  };
  const round = [bucket("top"), bucket("in", "a"), bucket("a", "b"), bucket("b", "a"), bucket("self", "self")];
  expect(mistakesOf(() => fromStateExport(state(...round)))).toMatchObject([
    { code: "DPX408", path: "deployment.resources[2].parent" },
    { code: "DPX408", path: "deployment.resources[4].parent" },
  ]);
  const steps = round.map((newState) => ({ op: "create", newState }));
  expect(mistakesOf(() => fromPreviewJson({ steps, changeSummary: { create: 5 } }))).toMatchObject([
    { code: "DPX408", path: "steps[2].newState.parent" },
    { code: "DPX408", path: "steps[4].newState.parent" },
  ]);
  expect(mistakesOf(() => fromStateExport(state(bucket("a", "b"), bucket("b", "c"), bucket("c"))))).toEqual([]);
});

describe("state export", () => {
  it("lays outputs over inputs, and reads names, providers, edges and ids", () => {
    const [read] = fromStateExport(
      state({
        urn: queue,
        type: "aws:sqs/queue:Queue",
        custom: true,
        id: "q-1",
        parent: urn("pulumi:pulumi:Stack", "shop-dev"),
        provider: `${provider}::5e0f`,
        inputs: { region: "r", delay: 1, kept: "here" },
        outputs: { delay: 2, arn: "arn", kept: null },
        dependencies: [provider],
        propertyDependencies: { region: [provider], delay: null },
      }),
    );
    expect(read).toMatchObject({
      urn: queue,
      name: "in::take",
      custom: true,
      id: "q-1",
      provider,
      dependencies: [provider],
    });
    expect(read?.parent).toContain("Stack");
    expect(read?.properties).toEqual({ region: "r", delay: 2, arn: "arn", kept: "here" });
    expect(read?.propertyDependencies).toEqual({ region: [provider] });
  });

  it("unwraps what can be read of secrets and marks the rest as unknown, however deep", () => {
    const outputs = {
      cipher: { ...secret, ciphertext: "v1:abc" },
      clear: { ...secret, plaintext: JSON.stringify({ inner: [unknownText] }) },
      list: [1, unknownText, { deep: unknownNumber }],
      asset: { [signature]: "c44067f5952c0a294b673a41bacd8c17", path: "x" },
    };
    const [read] = fromStateExport(state({ urn: queue, type: "t", custom: true, outputs }));
    expect(read?.properties).toEqual({
      cipher: UNKNOWN,
      clear: { inner: [UNKNOWN] },
      list: [1, UNKNOWN, { deep: UNKNOWN }],
      asset: null,
    });
  });

  it("copies nothing of a value that holds nothing special", () => {
    const outputs = { tags: { a: "b" }, list: [1, 2] };
    const [read] = fromStateExport(state({ urn: queue, type: "t", custom: true, outputs }));
    expect(read?.properties.tags).toBe(outputs.tags);
    expect(read?.properties.list).toBe(outputs.list);
  });

  it("leaves out what is on its way out", () => {
    const gone = { urn: queue, type: "t", delete: true };
    const waiting = { urn: queue, type: "t", pendingReplacement: true };
    expect(fromStateExport(state(gone, waiting))).toEqual([]);
  });

  it.each([
    ["no object", 7, ["DPX401"]],
    ["null", null, ["DPX401"]],
    ["an old version", { version: 1, deployment: {} }, ["DPX402"]],
    ["a deployment that is text", { version: 3, deployment: "v1:cipher" }, ["DPX403"]],
    ["resources that are no list", { version: 3, deployment: { resources: {} } }, ["DPX403"]],
    [
      "entries that are no resources",
      state(null, { urn: "x", type: "t" }, { urn: queue }),
      ["DPX404", "DPX404", "DPX404"],
    ],
  ])("refuses %s", (_, document, expected) => {
    expect(codes(() => fromStateExport(document))).toEqual(expected);
  });

  it("is empty for a stack without resources", () => {
    expect(fromStateExport({ version: 3, deployment: { manifest: {} } })).toEqual([]);
  });
});

describe("preview", () => {
  const step = (op: string, newState?: object) => ({ op, urn: queue, newState });
  const fresh = {
    urn: queue,
    type: "aws:sqs/queue:Queue",
    custom: true,
    inputs: { region: "r" },
    outputs: { arn: unknownText },
  };

  it("reads the new states, the last one of a replacement, and no deletes", () => {
    const replaced = { ...fresh, inputs: { region: "s" } };
    const read = fromPreviewJson({
      steps: [
        step("create-replacement", fresh),
        step("replace", replaced),
        step("delete-replaced", fresh),
        step("delete"),
      ],
      changeSummary: { replace: 1 },
    });
    expect(read.map(({ properties }) => properties)).toEqual([{ region: "s", arn: UNKNOWN }]);
  });

  it("refuses a plan that hides what does not change", () => {
    const plan = (same: number) => ({ steps: [step("same", fresh)], changeSummary: { same } });
    expect(codes(() => fromPreviewJson(plan(1)))).toEqual([]);
    expect(codes(() => fromPreviewJson(plan(2)))).toEqual(["DPX407"]);
  });

  it.each([
    ["no object", [], ["DPX405"]],
    ["steps that are no list", { steps: 1 }, ["DPX405"]],
    ["steps without op, states without type", { steps: [{}, step("create", { urn: queue })] }, ["DPX406", "DPX406"]],
  ])("refuses %s", (_, document, expected) => {
    expect(codes(() => fromPreviewJson(document))).toEqual(expected);
  });
});

describe("policy resources", () => {
  const policyResource = (
    props: Record<string, unknown>,
    more: Partial<PolicyResourceLike> = {},
  ): PolicyResourceLike => ({
    urn: queue,
    type: "aws:sqs/queue:Queue",
    name: "intake",
    props: unknownCheckingProxy(props),
    opts: { parent: urn("pulumi:pulumi:Stack", "s") },
    dependencies: [],
    propertyDependencies: {},
    ...more,
  });

  it("never reads through the proxy: unknown values of every kind become the marker, lists and depth included", () => {
    const props = {
      id: unknownText,
      size: unknownNumber,
      list: ["a", unknownText, [unknownNumber]],
      deep: { er: { value: unknownText } },
    };
    const resource = policyResource(props);
    expect(() => JSON.stringify(resource.props)).toThrow("can't be known during preview");
    const [read] = fromPolicyResources([resource]);
    expect(read?.properties).toEqual({
      id: UNKNOWN,
      size: UNKNOWN,
      list: ["a", UNKNOWN, [UNKNOWN]],
      deep: { er: { value: UNKNOWN } },
    });
    expect(read?.id).toBe(UNKNOWN);
    expect(read?.parent).toBe(urn("pulumi:pulumi:Stack", "s"));
  });

  it("adds the provider that is not among the resources, and takes what has none for a component", () => {
    const behind = {
      urn: provider,
      type: "pulumi:providers:aws",
      name: "default",
      props: unknownCheckingProxy({ region: "r", key: unknownText }),
    };
    const vpc = policyResource({}, { urn: urn("aws:ec2/vpc:Vpc", "v"), type: "aws:ec2/vpc:Vpc" });
    const read = fromPolicyResources([
      policyResource({}, { provider: behind, dependencies: [vpc], propertyDependencies: { name: [vpc] } }),
      vpc,
    ]);
    expect(read.map(({ urn: one, custom }) => [one, custom])).toEqual([
      [queue, true],
      [vpc.urn, false],
      [provider, true],
    ]);
    expect(read[0]).toMatchObject({ provider, dependencies: [vpc.urn], propertyDependencies: { name: [vpc.urn] } });
    expect(read[2]?.properties).toEqual({ region: "r", key: UNKNOWN });
  });
});

describe("registrations and detection", () => {
  it("read a recorded registration as a state's resource", () => {
    const [read] = fromRegistrations([
      {
        urn: queue,
        type: "aws:sqs/queue:Queue",
        name: "intake",
        custom: true,
        provider: `${provider}::x`,
        inputs: { a: unknownText },
        outputs: { b: 1 },
      },
    ]);
    expect(read).toMatchObject({ provider, properties: { a: UNKNOWN, b: 1 } });
  });

  it.each([
    ["stateExport", state()],
    ["preview", { steps: [], changeSummary: {} }],
  ])("tell a %s", (kind, document) => {
    expect(readResources(document).kind).toBe(kind);
  });

  it.each([[{}], [[]], ["text"], [{ checkpoint: {} }]])("refuse what is neither: %j", (document) => {
    expect(codes(() => readResources(document))).toEqual(["DPX400"]);
  });
});
