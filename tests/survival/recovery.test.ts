import { known, unknown, type Replication, type Route, type Service } from "../../model";
import { createSurvival } from "../../survival";
import { dns, estate, facility, needs, replica, replicasIn, service, target } from "../support/estateBuilder";

const sites = [facility("a"), facility("b"), facility("c")];
const afterLossOfA = (services: readonly Service[], id = services[0]?.id ?? "") =>
  createSurvival(estate(sites, services)).outcome(id, ["facility:a"]);
const checkedDns = (id: string, changes: Partial<Route> = {}) =>
  dns(`${id}.example`, [target([`${id}@a`]), target([`${id}@b`])], changes);
const active = replica("pay@a", ["facility:a"]);
const standbyInB = (changes: Parameters<typeof replica>[2] = {}) =>
  replica("pay@b", ["facility:b"], { role: "standby", startSeconds: 120, ...changes });

describe("recovery time", () => {
  it("is 0 where nothing of the service was lost", () => {
    const pay = service("pay", [replica("pay@b", ["facility:b"])], { routes: [checkedDns("pay")] });
    expect(afterLossOfA([pay])).toMatchObject({ status: "up", rtoSeconds: 0, needsControlPlane: false });
  });

  it("is 0 with nothing lost, even where standbys make up for a peak that was too high all along", () => {
    const rps = { capacityRps: known(100) };
    const replicas = [
      replica("pay@a", ["facility:a"], rps),
      replica("pay@b", ["facility:b"], { role: "standby", startSeconds: 120, ...rps }),
    ];
    const survival = createSurvival(estate(sites, [service("pay", replicas, { peakRps: known(200) })]));
    expect(survival.outcome("pay", [])).toMatchObject({ share: 1, immediateShare: 0.5, rtoSeconds: 0 });
    expect(survival.outcome("pay", ["facility:c"]).rtoSeconds).toBe(0);
  });

  it("is interval × threshold + time to live where the rest runs already", () => {
    const pay = service("pay", replicasIn("pay", sites), { routes: [checkedDns("pay")] });
    expect(afterLossOfA([pay])).toMatchObject({ status: "up", rtoSeconds: 10 * 3 + 30, immediateShare: 1 });
  });

  it("adds the start of a standby", () => {
    const pay = service("pay", [active, standbyInB()], { routes: [checkedDns("pay")] });
    expect(afterLossOfA([pay])).toMatchObject({ status: "up", share: 1, immediateShare: 0, rtoSeconds: 60 + 120 });
  });

  it("waits for as few and as quick standbys as it takes", () => {
    const rps = { capacityRps: known(100) };
    const standbys = [600, 120, 300].map((startSeconds, index) =>
      replica(`s${index}`, ["facility:b"], { role: "standby", startSeconds, ...rps }),
    );
    const pay = (peakRps: number) =>
      service("pay", [replica("pay@a", ["facility:a"], rps), ...standbys], { peakRps: known(peakRps) });
    expect(afterLossOfA([pay(100)]).rtoSeconds).toBe(120);
    expect(afterLossOfA([pay(101)]).rtoSeconds).toBe(300);
    expect(afterLossOfA([pay(300)]).rtoSeconds).toBe(600);
  });

  it("is without end where nothing comes back, or where a preview does not know a part of it", () => {
    expect(afterLossOfA([service("pay", [active])])).toMatchObject({ status: "down", rtoSeconds: Infinity });
    const vague = checkedDns("pay", { ttlSeconds: unknown("record.ttl") });
    expect(afterLossOfA([service("pay", replicasIn("pay", sites), { routes: [vague] })])).toMatchObject({
      status: "up",
      rtoSeconds: Infinity,
    });
  });

  it("leaves a dependent with nothing at once while its need has to start", () => {
    const slow = service("slow", [replica("slow@a", ["facility:a"]), { ...standbyInB(), id: "slow@b" }]);
    const pay = service("pay", replicasIn("pay", sites), { dependencies: [needs("slow")] });
    expect(afterLossOfA([pay, slow])).toMatchObject({ share: 1, immediateShare: 0 });
  });

  it("is that of the slowest need, and of the quickest alternative", () => {
    const slow = service("slow", [replica("slow@a", ["facility:a"]), { ...standbyInB(), id: "slow@b" }]);
    const quick = service("quick", replicasIn("quick", sites));
    const pay = (anyOf: string[]) => service("pay", replicasIn("pay", sites), { dependencies: [needs(anyOf)] });
    expect(afterLossOfA([pay(["slow"]), slow, quick]).rtoSeconds).toBe(120);
    expect(afterLossOfA([pay(["slow", "quick"]), slow, quick]).rtoSeconds).toBe(0);
  });

  it("lets a standby wait for what it needs to start", () => {
    const registry = service("registry", [
      replica("registry@a", ["facility:a"]),
      replica("registry@b", ["facility:b"], { role: "standby", startSeconds: 1000 }),
    ]);
    const pay = service("pay", [active, standbyInB()], { dependencies: [needs("registry", "startup")] });
    expect(afterLossOfA([pay, registry])).toMatchObject({ status: "up", rtoSeconds: 1120 });
    const onlyInA = { ...registry, replicas: registry.replicas.slice(0, 1) };
    expect(afterLossOfA([pay, onlyInA])).toMatchObject({ status: "down", rtoSeconds: Infinity });
  });
});

describe("control planes", () => {
  const viaPlane = standbyInB({ startNeeds: ["controlPlane:aws/seoul"] });

  it("a standby that is promoted by one is not statically stable, and cannot start without it", () => {
    const built = estate(sites, [service("pay", [active, viaPlane])]);
    const survival = createSurvival(built);
    expect(survival.outcome("pay", ["facility:a"])).toMatchObject({ status: "up", needsControlPlane: true });
    expect(survival.outcome("pay", ["facility:a", "controlPlane:aws/seoul"]).status).toBe("down");
    expect(survival.relevantDomains("pay")).toContain("controlPlane:aws/seoul");
  });

  it("is not needed while the active one serves", () => {
    const built = estate(sites, [service("pay", [active, viaPlane])]);
    expect(createSurvival(built).outcome("pay", ["facility:b"]).needsControlPlane).toBe(false);
  });

  it("a name that only an API call turns away from a dead site needs one", () => {
    const pay = service("pay", replicasIn("pay", sites), { routes: [checkedDns("pay", { needsControlPlane: true })] });
    expect(afterLossOfA([pay]).needsControlPlane).toBe(true);
  });

  it("is inherited from a hard dependency", () => {
    const database = service("database", [replica("database@a", ["facility:a"]), { ...viaPlane, id: "database@b" }]);
    const pay = service("pay", replicasIn("pay", sites), { dependencies: [needs("database")] });
    expect(afterLossOfA([pay, database]).needsControlPlane).toBe(true);
  });
});

describe("data lost", () => {
  const store = (replication: Replication | undefined, changes: Partial<Service> = {}) =>
    service("pay", [active, standbyInB()], { layer: "store", replication, ...changes });
  const replicated = (mode: Replication["mode"], rpoSeconds: number, multiWriter = false): Replication => ({
    mode,
    rpoSeconds: known(rpoSeconds),
    multiWriter,
  });
  const backup = (place: "facility:a" | "facility:b", intervalSeconds: number) => ({
    urn: `backup@${place}`,
    placement: known([place]),
    intervalSeconds: known(intervalSeconds),
    immutable: known(true),
  });

  it.each([
    ["asynchronous", 5, "up", 5],
    ["synchronous", 0, "up", 0],
    ["none", 0, "down", Infinity],
  ] as const)("with %s replication of %d s is, once its writer has fallen: %s, %d s", (mode, rpo, status, lost) => {
    expect(afterLossOfA([store(replicated(mode, rpo))])).toMatchObject({ status, rpoSeconds: lost });
  });

  it("is none where only a standby fell", () => {
    const survival = createSurvival(estate(sites, [store(replicated("asynchronous", 5))]));
    expect(survival.outcome("pay", ["facility:b"])).toMatchObject({ status: "up", rpoSeconds: 0 });
  });

  it("is the age of the youngest backup that is left, where no copy is", () => {
    const backups = [backup("facility:a", 60), backup("facility:b", 3600)];
    expect(afterLossOfA([store(replicated("none", 0), { backups })]).rpoSeconds).toBe(3600);
    expect(afterLossOfA([store(replicated("none", 0), { backups: backups.slice(0, 1) })]).rpoSeconds).toBe(Infinity);
  });

  it("is without end where a preview does not know it", () => {
    const vague: Replication = { mode: "asynchronous", rpoSeconds: unknown("database.mode"), multiWriter: false };
    expect(afterLossOfA([store(vague)]).rpoSeconds).toBe(Infinity);
  });

  it("is unknown with the standby's service where nothing says that it holds a copy", () => {
    expect(afterLossOfA([store(undefined)])).toMatchObject({
      status: "unknown",
      missing: ['How the copies of "pay" are replicated.'],
    });
  });

  it("counts for whoever needs the store", () => {
    const shop = service("shop", replicasIn("shop", sites), { dependencies: [needs("pay")] });
    expect(afterLossOfA([shop, store(replicated("asynchronous", 5))]).rpoSeconds).toBe(5);
  });

  it("leaves a store whose parts are not copied with the parts that are left", () => {
    const parts = service("pay", replicasIn("pay", sites), { layer: "store", replication: replicated("none", 0) });
    const outcome = afterLossOfA([parts]);
    expect(outcome).toMatchObject({ status: "degraded", rpoSeconds: Infinity });
    expect(outcome.share).toBeCloseTo(2 / 3, 9);
  });
});
