/** Settings that could matter and that no reader looks at: which are told, and of which service. */
import { readEstate } from "../../inventory";
import { isTold, partsOf, valuesAt } from "../../inventory/ledger/tolerance";
import { UNKNOWN, type Value } from "../../inventory/resource";
import { output, StackBuilder, type Given } from "../support/stackBuilder";

const seoul = "ap-northeast-2";
const zones = ["apne2-az1", "apne2-az2", "apne2-az3"];
const web = { service: "web", tier: "critical" } as const;

function told(stack: StackBuilder): readonly string[] {
  return readEstate(stack.resources).facts.flatMap((fact) =>
    fact.kind === "unjudgedSetting" ? [`${fact.service}: ${fact.property}`] : [],
  );
}

describe("a value", () => {
  it.each<[string, Value, Parameters<typeof isTold>[1], boolean]>([
    ["not set", undefined, {}, false],
    ["null, as a state writes what nobody has set", null, {}, false],
    ["empty", [], {}, false],
    ["an object of which nothing is set", { a: null, b: [] }, {}, false],
    ["off, where off is the default", false, {}, false],
    ["off, where on is the default", false, { fine: [true] }, true],
    ["one of the fine ones, written otherwise", "Default", { fine: ["default"] }, false],
    ["another than the fine ones", "host", { fine: ["default"] }, true],
    ["a number in the range", "300", { from: 0, to: 300 }, false],
    ["a number outside of the range", 301, { from: 0, to: 300 }, true],
    ["zero below the range", 0, { from: 1 }, true],
    ["one of a list that is not fine", ["10.0.0.2", "AmazonProvidedDNS"], { fine: ["AmazonProvidedDNS"] }, true],
    ["not known yet, as all that a provider fills in is in a preview", UNKNOWN, {}, false],
  ])("%s", (_what, value, tolerance, expected) => {
    expect(isTold(value, tolerance)).toBe(expected);
  });

  it("is found in every member of a list, and in the one object that an older state has in its place", () => {
    const path = partsOf("mappings[].outpost.id");
    expect(valuesAt({ mappings: [{ outpost: { id: "a" } }, {}, { outpost: { id: "b" } }] }, path)).toEqual(["a", "b"]);
    expect(valuesAt({ mappings: { outpost: [{ id: "a" }] } }, path)).toEqual(["a"]);
    expect(valuesAt({ mappings: UNKNOWN }, path)).toEqual([UNKNOWN]);
  });
});

describe.each([{ preview: true }, { preview: false }])("whose a setting is (preview: $preview)", (mode) => {
  function group(template: Readonly<Record<string, Given>>): StackBuilder {
    const stack = new StackBuilder(mode);
    const subnets = stack.subnets("web", seoul, zones);
    const made = stack.add("aws:ec2/launchTemplate:LaunchTemplate", "web", { region: seoul, ...template });
    stack.autoscalingGroup("web", seoul, subnets, 6, web, { launchTemplate: output(made) });
    return stack;
  }

  it("that of the machines that a template makes", () => {
    expect(told(group({ placement: { tenancy: "host" } }))).toEqual(["web: placement.tenancy"]);
    expect(told(group({ placement: { tenancy: "default" } }))).toEqual([]);
  });

  it("none, where nothing that is judged has to do with it", () => {
    const stack = group({});
    stack.add("aws:ec2/launchTemplate:LaunchTemplate", "unused", { region: seoul, placement: { tenancy: "host" } });
    expect(told(stack)).toEqual([]);
  });

  it("that of the group which a hook names", () => {
    const stack = group({});
    const named = stack.resources.find(({ type }) => type === "aws:autoscaling/group:Group");
    stack.add("aws:autoscaling/lifecycleHook:LifecycleHook", "wait", {
      autoscalingGroupName: output(named as NonNullable<typeof named>),
      heartbeatTimeout: 7200,
    });
    expect(told(stack)).toEqual(["web: heartbeatTimeout"]);
  });
});

it("follows what an import's values name, which has no edges", () => {
  const stack = new StackBuilder({ preview: false });
  const subnets = stack.subnets("web", seoul, zones);
  stack.add("aws:ec2/launchTemplate:LaunchTemplate", "web", { region: seoul, enclaveOptions: { enabled: true } });
  stack.autoscalingGroup("web", seoul, subnets, 6, web, { launchTemplate: { id: "web-id" } });
  const bare = stack.resources.map((one) => ({ ...one, propertyDependencies: {}, dependencies: [] }));
  const template = bare.find(({ type }) => type === "aws:ec2/launchTemplate:LaunchTemplate");
  const resources = bare.map((one) => (one === template ? { ...one, id: "web-id" } : one));
  expect(readEstate(resources).facts).toContainEqual(
    expect.objectContaining({ kind: "unjudgedSetting", service: "web", property: "enclaveOptions.enabled" }),
  );
});
