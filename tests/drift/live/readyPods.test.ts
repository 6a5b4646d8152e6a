/** Pods that are asked for and do not answer: laid on their workload, whichever cluster it is in. */
import { detectDrift, isFault, compareLive, readState, recognise, type Detection } from "../../../drift";
import { plain } from "../../../inventory/sources/plain";
import type { Properties, Resource } from "../../../inventory/resource";
import { facility } from "../../support/estateBuilder";
import { listed } from "../../support/liveAnswers";
import { StackBuilder } from "../../support/stackBuilder";

const today = "2022-10-15";
const options = { inventory: {}, judge: { today } };
const sites = ["pangyo", "chuncheon"] as const;
type Site = (typeof sites)[number];
type Values = Readonly<Record<string, unknown>>;

/** An important service of four pods in each of two facilities, of which either carries the peak. */
function resources(scaled = false): readonly Resource[] {
  const stack = new StackBuilder();
  for (const name of sites) {
    const cluster = stack.cluster(name, stack.site(facility(name)));
    stack.deployment(cluster, "mail", 4, { service: "mail", tier: "important", peakRps: 400, unitRps: 100 });
    if (!scaled) continue;
    const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name: "mail" };
    stack.add(
      "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
      `mail-${name}-scaler`,
      { metadata: { name: "mail", namespace: "mail" }, spec: { scaleTargetRef, minReplicas: 4, maxReplicas: 8 } },
      { provider: cluster },
    );
  }
  return stack.resources;
}

const uidOf = (name: string) => `0f8fad5b-${name}`;

/** The export of it, with the uids that each cluster has given its Deployment, and this many pods asked for in Chuncheon. */
function exported(asked = 4, scaled = false) {
  const entries = resources(scaled).map(({ urn, type, custom, id, parent, provider, properties, name }) => {
    const isWorkload = type.endsWith(":Deployment");
    const changed: Properties =
      name === "mail-chuncheon" ? { ...properties, spec: { ...(properties.spec as Properties), replicas: asked } } : properties;
    const metadata = { ...(changed.metadata as Properties | undefined), uid: uidOf(name) };
    return {
      ...{ urn, type, custom, parent, inputs: changed },
      ...(provider === undefined ? {} : { provider: `${provider}::0` }),
      ...(custom ? { id: isWorkload ? "mail/mail" : id } : {}),
      outputs: isWorkload ? { ...changed, metadata } : changed,
    };
  });
  return { version: 3, deployment: { manifest: {}, resources: entries } };
} // prettier-ignore

/** What kubectl prints of the Deployment of one cluster, its rollout complete. */
function object(site: Site, readyReplicas: number | undefined, more: { spec?: Values; status?: Values; kind?: string } = {}) {
  const complete = { type: "Progressing", status: "True", reason: "NewReplicaSetAvailable" };
  return {
    ...{ apiVersion: "apps/v1", kind: more.kind ?? "Deployment" },
    metadata: { name: "mail", namespace: "mail", uid: uidOf(`mail-${site}`), generation: 3 },
    spec: { replicas: 4, template: { metadata: {}, spec: { containers: [] } }, ...more.spec },
    status: { observedGeneration: 3, replicas: 4, updatedReplicas: 4, readyReplicas, conditions: [complete], ...more.status },
  };
} // prettier-ignore

function detect(documents: readonly unknown[], actual = exported(), desired = exported()): Detection {
  const records = documents.flatMap((document) => {
    const found = recognise(plain(document));
    if (found === undefined || isFault(found)) throw new Error("It is not recognised.");
    return found;
  });
  const states = { desired: readState(desired), actual: readState(actual) };
  return detectDrift({ ...compareLive(states, records, {}, 0), today, options });
}

const told = ({ drifts }: Detection) =>
  drifts.map(({ class: name, drift }) => [
    name,
    drift.urn.split("::").at(-1),
    ...drift.changes.map(({ path, from, to }) => `${path} ${JSON.stringify(from)} ${JSON.stringify(to)}`),
  ]);

test("a workload whose pods are all ready is no drift", () => {
  expect(detect([listed(object("pangyo", 4)), listed(object("chuncheon", 4))]).verdict).toBe("none");
});

test("none ready in one facility leaves the service to the other", () => {
  const found = detect([listed(object("pangyo", 4)), listed(object("chuncheon", undefined))]);
  expect(told(found)).toEqual([["dangerous", "mail-chuncheon", "live.readyPods 4 0"]]);
  expect(found.losses.survival).toContainEqual({ service: "mail", tier: "important", domain: "facility:pangyo" });
});

test("too few for the loss of the other facility is what the reserve's policy says of it", () => {
  const found = detect([listed(object("chuncheon", 1))]);
  expect(told(found)).toEqual([["dangerous", "mail-chuncheon", "live.readyPods 4 1"]]);
  expect(found.losses.findings.map(({ policy }) => policy)).toEqual(["reserve-n-minus-1"]);
});

test("a workload of the same name in another cluster is told apart by its uid", () => {
  expect(told(detect([listed(object("pangyo", 0))]))).toEqual([["dangerous", "mail-pangyo", "live.readyPods 4 0"]]);
});

test("of several answers the last one counts", () => {
  expect(detect([listed(object("chuncheon", 0)), listed(object("chuncheon", 4))]).verdict).toBe("none");
});

test("pods that somebody has taken away are no pods that are not ready", () => {
  const scaled = object("chuncheon", 2, { spec: { replicas: 2 } });
  expect(told(detect([listed(scaled)], exported(2)))).toEqual([["dangerous", "mail-chuncheon", "spec.replicas 4 2"]]);
  const [only] = told(detect([listed(object("chuncheon", 1, { spec: { replicas: 2 } }))], exported(2)));
  expect(only).toEqual(["dangerous", "mail-chuncheon", "live.readyPods 4 1", "spec.replicas 4 2"]);
});

test("what a scaler has added on top may start in its own time", () => {
  const scaledOut = object("chuncheon", 6, { spec: { replicas: 8 } });
  expect(detect([listed(scaledOut)], exported(4, true), exported(4, true)).verdict).toBe("none");
  const short = object("chuncheon", 3, { spec: { replicas: 8 } });
  expect(told(detect([listed(short)], exported(4, true), exported(4, true)))).toEqual([
    ["dangerous", "mail-chuncheon", "live.readyPods 8 3"],
  ]);
});

describe("while pods are being replaced", () => {
  const progressing = (reason: string, status = "True") => ({ conditions: [{ type: "Progressing", status, reason }] });

  test.each([
    ["a Deployment rolls out", object("chuncheon", 0, { status: progressing("ReplicaSetUpdated") })],
    ["a change was not yet seen", object("chuncheon", 0, { status: { observedGeneration: 2 } })],
    ["a StatefulSet rolls out", object("chuncheon", 0, { kind: "StatefulSet", status: { currentRevision: "a", updateRevision: "b" } })],
    ["nodes are no matter of the program", object("chuncheon", 0, { kind: "DaemonSet" })],
    ["no status is told", { ...object("chuncheon", 0), status: undefined }],
  ])("nothing is told: %s", (_, one) => {
    expect(detect([listed(one)]).verdict).toBe("none");
  }); // prettier-ignore

  test("one that is stuck is told", () => {
    const stuck = object("chuncheon", 0, { status: progressing("ProgressDeadlineExceeded", "False") });
    expect(told(detect([listed(stuck)]))).toEqual([["dangerous", "mail-chuncheon", "live.readyPods 4 0"]]);
  });

  test("of a StatefulSet of which only a part is ever replaced", () => {
    const status = { currentRevision: "a", updateRevision: "b" };
    const spec = { updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 2 } } };
    const found = detect([listed(object("chuncheon", 0, { kind: "StatefulSet", status, spec }))]);
    expect(told(found)).toEqual([["dangerous", "mail-chuncheon", "live.readyPods 4 0"]]);
  });
});
