import { detectDrift, readState } from "../../drift";
import { entry, exportOf } from "../support/driftStates";

const manager = (name: string, time: string, fieldsV1: object, subresource?: string) => ({
  ...{ manager: name, operation: "Update", apiVersion: "apps/v1", time, fieldsType: "FieldsV1", fieldsV1 },
  ...(subresource === undefined ? {} : { subresource }),
});

const pulumi = manager("pulumi-kubernetes", "2022-10-15T09:00:00Z", {
  "f:spec": { "f:replicas": {}, "f:template": {} },
});

function deployment(replicas: number, image: string, ...managedFields: readonly object[]) {
  const template = { spec: { containers: [{ name: "app", image }] } };
  return {
    ...entry("kubernetes:apps/v1:Deployment", "pay", {
      metadata: { name: "pay", namespace: "prod", managedFields },
      spec: { replicas, template },
    }),
    modified: "2022-10-15T09:00:00Z",
  };
}

function changedBy(actual: object) {
  const found = detectDrift({
    desired: readState(exportOf(deployment(3, "app:1", pulumi))),
    actual: readState(exportOf(actual)),
    today: "2022-10-15",
    options: { inventory: {}, judge: {} },
  });
  return found.drifts.map((each) => each.changedBy);
}

test("the manager of the changed field is told, and no other", () => {
  const scaled = manager("kubectl", "2022-10-15T10:00:00Z", { "f:spec": { "f:replicas": {} } }, "scale");
  const labelled = manager("helm", "2022-10-15T11:00:00Z", { "f:metadata": { "f:labels": { ".": {}, "f:a": {} } } });
  expect(changedBy(deployment(1, "app:1", pulumi, scaled, labelled))).toEqual([
    [{ source: "managedFields", who: "kubectl", when: "2022-10-15T10:00:00Z", what: "Update scale", eventId: null }],
  ]);
});

test("an item of a list is found by its key", () => {
  const containers = (name: string) => ({
    "f:spec": { "f:template": { "f:spec": { "f:containers": { [`k:{"name":"${name}"}`]: { "f:image": {} } } } } },
  });
  const edited = (name: string) => manager("kubectl-edit", "2022-10-15T10:00:00Z", containers(name));
  expect(changedBy(deployment(3, "app:2", pulumi, edited("app")))).toMatchObject([[{ who: "kubectl-edit" }]]);
  expect(changedBy(deployment(3, "app:2", pulumi, edited("proxy")))).toEqual([[]]);
});

test("who has not written since the deployment has not changed it", () => {
  expect(changedBy(deployment(1, "app:1", pulumi))).toEqual([[]]);
  expect(changedBy(deployment(1, "app:1"))).toEqual([[]]);
});
