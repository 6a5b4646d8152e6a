/** A hand at the console of the simulated cloud, and what the cloud makes of it. */
import { startProvider, type Harness, type Json } from "./support/harness";

const urn = "urn:pulumi:dev::proof::kubernetes:apps/v1:Deployment::web";
const labels = { app: "web" };
const deployment: Json = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: "default" },
  spec: {
    replicas: 3,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: "web", image: "web:1" }] } },
  },
};

let harness: Harness;
beforeEach(async () => {
  harness = await startProvider("kubernetes");
  await harness.create(urn, deployment);
});
afterEach(() => harness.stop());

function changed(change: Json): Json {
  const [found] = harness.cloud.ofUrn(urn);
  if (found === undefined) throw new Error("The Deployment was not made.");
  return harness.cloud.drift(found, change).state;
}

test.each([5, 1, 0])("a cluster's controllers follow a Deployment that is scaled to %d", (replicas) => {
  expect(changed({ spec: { replicas } })).toMatchObject({
    spec: { replicas },
    status: { replicas, readyReplicas: replicas, availableReplicas: replicas },
  });
});

test("a status that is set by hand stays: pods that do not get ready", () => {
  expect(changed({ status: { readyReplicas: 1 } })).toMatchObject({
    spec: { replicas: 3 },
    status: { readyReplicas: 1 },
  });
});
