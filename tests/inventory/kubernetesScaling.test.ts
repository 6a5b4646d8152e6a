/** What scalers, schedules and the pods' own state let stay. */
import type { Estate } from "../../model";
import { estateOfObjects, object, web } from "../support/clusterObjects";
import { placesOf, serviceIn } from "../support/estateOf";

const autoscaler = (spec: object, apiVersion = "autoscaling/v2") => {
  const reference = { kind: "Deployment", name: "web" };
  return object(apiVersion, "HorizontalPodAutoscaler", "web", { spec: { scaleTargetRef: reference, ...spec } });
};
const scaledObject = (spec: object, annotations = {}) =>
  object(
    "keda.sh/v1alpha1",
    "ScaledObject",
    "web",
    { spec: { scaleTargetRef: { name: "web" }, ...spec } },
    { annotations },
  );
const stands = (estate: Estate) => placesOf(serviceIn(estate, "web"))[0]?.replace(/^facility:pangyo /, "");
const noScaleDown = { scaleDown: { selectPolicy: "Disabled" } };

it.each([
  ["an autoscaler may go down to its least", 9, autoscaler({ minReplicas: 2, maxReplicas: 12 }), "active 2"],
  ["the default least is one", 9, autoscaler({ maxReplicas: 12 }), "active 1"],
  ["so in its older versions", 9, autoscaler({ minReplicas: 2, maxReplicas: 12 }, "autoscaling/v2beta2"), "active 2"],
  ["at 0 replicas it is off", 0, autoscaler({ minReplicas: 2, maxReplicas: 12 }), "active 0"],
  [
    "one that never scales down leaves what is asked for",
    9,
    autoscaler({ minReplicas: 2, maxReplicas: 12, behavior: noScaleDown }),
    "active 9",
  ],
  ["but no more than its most", 9, autoscaler({ minReplicas: 2, maxReplicas: 6, behavior: noScaleDown }), "active 6"],
  ["KEDA keeps its least", 9, scaledObject({ minReplicaCount: 3 }), "active 3"],
  ["KEDA goes down to nothing unless it is told", 9, scaledObject({ maxReplicaCount: 12 }), "standby 12"],
  [
    "what stays while nothing is asked for counts",
    9,
    scaledObject({ minReplicaCount: 3, idleReplicaCount: 0, maxReplicaCount: 12 }),
    "standby 12",
  ],
  ["paused at a number", 9, scaledObject({}, { "autoscaling.keda.sh/paused-replicas": "4" }), "active 4"],
  ["paused at nothing", 9, scaledObject({}, { "autoscaling.keda.sh/paused-replicas": "0" }), "active 0"],
  ["paused as it is", 9, scaledObject({}, { "autoscaling.keda.sh/paused": "true" }), "active 9"],
])("%s", (_, replicas, scaler, expected) => {
  expect(stands(estateOfObjects([web({ replicas }), scaler]))).toBe(expected);
});

it("counts the least of everything that scales a workload", () => {
  const other = { ...scaledObject({ minReplicaCount: 2 }) };
  expect(stands(estateOfObjects([web({ replicas: 9 }), autoscaler({ minReplicas: 5 }), other]))).toBe("active 2");
});

describe("a scaler whose target is not there", () => {
  it.each([
    ["of another name", autoscaler({ scaleTargetRef: { kind: "Deployment", name: "gone" } }), 'Deployment "gone"'],
    ["of another kind", autoscaler({ scaleTargetRef: { kind: "StatefulSet", name: "web" } }), 'StatefulSet "web"'],
    ["of KEDA", scaledObject({ scaleTargetRef: { name: "gone" } }), 'Deployment "gone"'],
  ])("is told: %s", (_, scaler, words) => {
    const estate = estateOfObjects([web({ replicas: 9 }), scaler]);
    expect(estate.notJudged.map(({ reason }) => reason)).toEqual([expect.stringContaining(words)]);
    expect(stands(estate)).toBe("active 9");
  });

  it("and nothing is told of one whose target is there", () => {
    expect(estateOfObjects([web({ replicas: 9 }), autoscaler({ minReplicas: 5 })]).notJudged).toEqual([]);
  });
});

describe("a CronJob that scales", () => {
  const job = (line: readonly string[], spec = {}) => {
    const containers = [{ name: "scale", image: "registry.k8s.io/kubectl", command: line }];
    const jobTemplate = { spec: { template: { spec: { restartPolicy: "Never", containers } } } };
    return object("batch/v1", "CronJob", "night", { spec: { schedule: "0 0 * * *", jobTemplate, ...spec } });
  };
  it.each([
    ["to nothing", job(["kubectl", "scale", "deployment/web", "--replicas=0"]), "active 0"],
    [
      "in a shell, to one",
      job(["sh", "-c", "echo x && kubectl -n shop scale deploy web --replicas 1; true"]),
      "active 1",
    ],
    ["another workload", job(["kubectl", "scale", "deployment/api", "--replicas=0"]), "active 9"],
    ["in another namespace", job(["kubectl", "scale", "-n", "other", "deployment/web", "--replicas=0"]), "active 9"],
    ["and is suspended", job(["kubectl", "scale", "deployment/web", "--replicas=0"], { suspend: true }), "active 9"],
    ["no workload at all", job(["make", "scale", "deployment/web", "--replicas=0"]), "active 9"],
  ])("%s", (_, cron, expected) => {
    expect(stands(estateOfObjects([web({ replicas: 9 }), cron]))).toBe(expected);
  });
});

describe("pods that do not answer", () => {
  const complete = [{ type: "Progressing", status: "True", reason: "NewReplicaSetAvailable" }];
  const rolling = [{ type: "Progressing", status: "True", reason: "ReplicaSetUpdated" }];
  const stuck = [{ type: "Progressing", status: "False", reason: "ProgressDeadlineExceeded" }];
  it.each([
    ["are not counted", "Deployment", { replicas: 9, readyReplicas: 4 }, "active 4"],
    ["none of them answers", "Deployment", { replicas: 9, unavailableReplicas: 9, conditions: complete }, "active 0"],
    ["of a rollout that is stuck", "Deployment", { replicas: 9, readyReplicas: 1, conditions: stuck }, "active 1"],
    [
      "of a rollout that goes on are not ready by design",
      "Deployment",
      { replicas: 9, readyReplicas: 4, conditions: rolling },
      "active 9",
    ],
    [
      "of a set",
      "StatefulSet",
      { replicas: 9, readyReplicas: 2, currentRevision: "a", updateRevision: "a" },
      "active 2",
    ],
    ["of Argo's rollout", "Rollout", { replicas: 9, readyReplicas: 3 }, "active 3"],
    ["of a set on nodes", "DaemonSet", { desiredNumberScheduled: 3, numberReady: 0 }, "active 0"],
    ["all of them answer", "Deployment", { replicas: 9, readyReplicas: 9 }, "active 9"],
    ["the status tells of none yet", "Deployment", { observedGeneration: 1 }, "active 9"],
    ["the status is empty", "Deployment", {}, "active 9"],
  ])("%s", (_, kind, status, expected) => {
    expect(stands(estateOfObjects([web({ replicas: 9, kind, status })]))).toBe(expected);
  });

  it("are not those of an older specification", () => {
    const status = { observedGeneration: 1, replicas: 3, readyReplicas: 3 };
    expect(stands(estateOfObjects([web({ replicas: 9, status, metadata: { generation: 2 } })]))).toBe("active 9");
  });
});
