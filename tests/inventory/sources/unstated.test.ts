import { readPreviewJson } from "../../../inventory/sources/previewJson";

const urn = (type: string) => `urn:pulumi:prod::shop::${type}::posts`;

function unstatedOf(step: Readonly<Record<string, unknown>>) {
  return readPreviewJson({ config: {}, steps: [step], changeSummary: { create: 1 } }).unstated;
}

const component = (type: string, more: object = {}) => ({ urn: urn(type), type, custom: false, ...more });
const ours = "duplex:data:GlobalDatabase";

test("a new component that is read for what it publishes, and states nothing, is told", () => {
  const newState = component(ours);
  expect(unstatedOf({ op: "create", urn: newState.urn, newState })).toEqual([newState.urn]);
});

test.each([
  ["states it as its inputs", { op: "create", newState: component(ours, { inputs: { service: "posts" } }) }],
  [
    "was there before",
    { op: "same", oldState: component(ours, { outputs: { tier: "critical" } }), newState: component(ours) },
  ],
  ["is read for nothing", { op: "create", newState: component("acme:shop:Shop") }],
])("one that %s is not", (_, step) => {
  expect(unstatedOf({ urn: step.newState.urn, ...step })).toEqual([]);
});
