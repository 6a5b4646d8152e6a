/** Edges stand in for a value that nothing resolves; not for one that somebody has changed. */
import type { Resource } from "../../inventory/resource";
import { Stack } from "../../inventory/stack";

const types = ["aws:route53/healthCheck:HealthCheck"];

function resource(type: string, name: string, more: Partial<Resource> = {}): Resource {
  const urn = `urn:pulumi:prod::shop::${type}::${name}`;
  return { urn, type, name, custom: true, id: `${name}-id`, properties: {}, propertyDependencies: {}, dependencies: [], ...more }; // prettier-ignore
}

const check = resource(types[0] ?? "", "check");
const record = resource("aws:route53/record:Record", "www", {
  properties: { healthCheckId: "by-hand" },
  propertyDependencies: { healthCheckId: [check.urn] },
});

function named(record: Resource) {
  const stack = new Stack([check, record]);
  return stack.references(record, "healthCheckId", types, record.properties["healthCheckId"]);
}

it("closes a gap by the edge of a value that is the program's", () => {
  expect(named(record)).toEqual({ resources: [check], open: false });
});

it("leaves it open where the value has drifted, and keeps the edge for what depends on what", () => {
  const drifted: Resource = { ...record, drifted: new Set(["healthCheckId"]) };
  expect(named(drifted)).toEqual({ resources: [], open: true });
  expect(new Stack([check, drifted]).edges(drifted, "healthCheckId")).toEqual([check]);
});
