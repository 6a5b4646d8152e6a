import { known, unknown, type Replication, type Service } from "../../model";
import { createSurvival, type TimelineEvent } from "../../survival";
import { dns, estate, facility, needs, replica, replicasIn, service, target } from "../support/estateBuilder";

const sites = [facility("a"), facility("b")];
const timelineOf = (services: readonly Service[], id = services[0]?.id ?? "") =>
  createSurvival(estate(sites, services)).timeline(id, ["facility:a"]);
const told = ({ events }: { events: readonly TimelineEvent[] }) =>
  events.map(({ kind, beginSeconds, seconds }) => [kind, beginSeconds, seconds]);
const active = replica("pay@a", ["facility:a"]);
const standby = replica("pay@b", ["facility:b"], {
  role: "standby",
  startSeconds: 120,
  startNeeds: ["controlPlane:aws/seoul"],
});
const name = dns("pay.example", [target(["pay@a"]), target(["pay@b"])]);
const asynchronous: Replication = { mode: "asynchronous", rpoSeconds: known(5), multiWriter: false };

it("goes from the loss over detection, time to live and start to the service", () => {
  const timeline = timelineOf([service("pay", [active, standby], { routes: [name] })]);
  expect(told(timeline)).toEqual([
    ["replicaLost", 0, 0],
    ["failureDetected", 0, 30],
    ["trafficLeft", 30, 60],
    ["standbyStarted", 60, 180],
    ["serviceReady", 0, 180],
  ]);
  expect(timeline).toMatchObject({ lost: ["facility:a"], rtoSeconds: 180, rpoSeconds: 0, needsControlPlane: true });
  expect(timeline.events).toMatchObject([
    { replica: "pay@a", urn: "pay@a" },
    { route: "pay.example", target: "target:pay@a", urn: "check:pay@a", needsControlPlane: false },
    { route: "pay.example", routeKind: "dns", urn: "target:pay@a" },
    { replica: "pay@b", urn: "pay@b", controlPlanes: ["controlPlane:aws/seoul"], needsControlPlane: true },
    { needsControlPlane: false },
  ]);
});

it("has nothing to tell of a service that the loss does not touch", () => {
  const timeline = timelineOf([service("pay", [replica("pay@b", ["facility:b"])], { routes: [name] })]);
  expect(told(timeline)).toEqual([["serviceReady", 0, 0]]);
});

it("promotes the copy of a store with one writer, and starts any other standby", () => {
  const promoted = { layer: "store", replication: asynchronous } as const;
  const startOf = (changes: Partial<Service>) => timelineOf([service("pay", [active, standby], changes)]).events[1];
  expect(startOf(promoted)).toMatchObject({ kind: "copyPromoted", replica: "pay@b", seconds: 120 });
  expect(startOf({ ...promoted, replication: { ...asynchronous, multiWriter: true } })?.kind).toBe("standbyStarted");
  expect(startOf({})?.kind).toBe("standbyStarted");
  expect(timelineOf([service("pay", [active, standby], promoted)]).rpoSeconds).toBe(5);
});

it("tells what a standby and the service have to wait for, with the resource that says so", () => {
  const registry = service("registry", [
    replica("registry@a", ["facility:a"]),
    replica("registry@b", ["facility:b"], { role: "standby", startSeconds: 1000 }),
  ]);
  const store = service("store", [
    replica("store@a", ["facility:a"]),
    replica("store@b", ["facility:b"], { role: "standby", startSeconds: 2000 }),
  ]);
  const quick = service("quick", replicasIn("quick", sites));
  const dependencies = [needs("registry", "startup"), needs("store"), needs(["store", "quick"]), needs("quick")];
  const pay = service("pay", [active, standby], { dependencies });
  const timeline = timelineOf([pay, registry, store, quick]);
  expect(told(timeline)).toEqual([
    ["replicaLost", 0, 0],
    ["needReady", 0, 1000],
    ["standbyStarted", 0, 1120],
    ["needReady", 0, 2000],
    ["serviceReady", 0, 2000],
  ]);
  expect(timeline.events.filter(({ kind }) => kind === "needReady")).toMatchObject([
    { anyOf: ["registry"], strength: "startup", urn: "registry" },
    { anyOf: ["store"], strength: "hard", urn: "store" },
  ]);
});

it("uses as few standbys as it takes, and says nothing of the others", () => {
  const rps = { capacityRps: known(100) };
  const standbys = [600, 120, 300].map((startSeconds, index) =>
    replica(`s${index}`, ["facility:b"], { role: "standby", startSeconds, ...rps }),
  );
  const pay = service("pay", [replica("pay@a", ["facility:a"], rps), ...standbys], { peakRps: known(200) });
  const started = timelineOf([pay]).events.filter(({ kind }) => kind === "standbyStarted");
  expect(started).toMatchObject([
    { replica: "s1", seconds: 120 },
    { replica: "s2", seconds: 300 },
  ]);
});

it("never comes to an end where nothing is left, or where a preview cannot tell", () => {
  expect(told(timelineOf([service("pay", [active])]))).toEqual([
    ["replicaLost", 0, 0],
    ["serviceReady", 0, Infinity],
  ]);
  const vague = { ...name, ttlSeconds: unknown<number>("record.ttl") };
  expect(told(timelineOf([service("pay", replicasIn("pay", sites), { routes: [vague] })]))).toEqual([
    ["replicaLost", 0, 0],
    ["failureDetected", 0, 30],
    ["trafficLeft", 30, Infinity],
    ["serviceReady", 0, Infinity],
  ]);
});

it("names the call that turns a name by hand, and counts no time for it", () => {
  const blind = {
    ...name,
    needsControlPlane: true,
    targets: name.targets.map((one) => ({ ...one, healthCheck: undefined })),
  };
  const timeline = timelineOf([service("pay", replicasIn("pay", sites), { routes: [blind] })]);
  expect(timeline.events[1]).toMatchObject({ kind: "trafficRedirected", route: "pay.example", urn: "target:pay@a" });
  expect(timeline).toMatchObject({ rtoSeconds: 0, needsControlPlane: true });
});

it("tells of services that need each other as of any other", () => {
  const slow = replica("login@b", ["facility:b"], { role: "standby", startSeconds: 700 });
  const login = service("login", [replica("login@a", ["facility:a"]), slow], { dependencies: [needs("pay")] });
  const pay = service("pay", replicasIn("pay", sites), { dependencies: [needs("login")] });
  expect(told(timelineOf([pay, login]))).toEqual([
    ["replicaLost", 0, 0],
    ["needReady", 0, 700],
    ["serviceReady", 0, 700],
  ]);
});
