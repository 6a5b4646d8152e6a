import { known, unknown, type Estate, type Service, type Site } from "../../model";
import { createSurvival } from "../../survival";
import { cloud, dns, estate, facility, needs, replica, replicasIn, service, target } from "../support/estateBuilder";

const cutSets = (of: Estate, id: string, order: 1 | 2 = 1) =>
  createSurvival(of)
    .minimalCutSets(id, order)
    .map(({ domains }) => domains.join(" + "));
const statusOf = (of: Estate, id: string, ...lost: Parameters<ReturnType<typeof createSurvival>["outcome"]>[1]) =>
  createSurvival(of).outcome(id, lost).status;

/** One service, a replica in each site. */
function spread(sites: readonly Site[], changes: Partial<Service> = {}): Estate {
  return estate(sites, [service("messenger", replicasIn("messenger", sites), changes)]);
}

describe("independence", () => {
  it("two racks of one building are one", () => {
    const racks = [facility("rack-1", { facility: "pangyo" }), facility("rack-2", { facility: "pangyo" })];
    expect(cutSets(spread(racks), "messenger")).toContain("facility:pangyo");
  });

  it("two sites on one substation hang on it", () => {
    const sites = [facility("anyang", { powerFeeds: ["bundang"] }), facility("pangyo", { powerFeeds: ["bundang"] })];
    expect(cutSets(spread(sites), "messenger")).toEqual(["power:bundang"]);
  });

  it("a second feed from another substation takes that away", () => {
    const sites = [
      facility("anyang", { powerFeeds: ["bundang", "yatap"] }),
      facility("pangyo", { powerFeeds: ["bundang"] }),
    ];
    expect(cutSets(spread(sites), "messenger")).toEqual([]);
    expect(cutSets(spread(sites), "messenger", 2)).toContain("power:bundang + power:yatap");
  });

  it("two carriers are survived one at a time, and not both together", () => {
    const sites = [facility("anyang", { carriers: ["kt", "skb"] }), facility("pangyo", { carriers: ["kt", "skb"] })];
    const both = spread(sites);
    expect(statusOf(both, "messenger", "carrier:kt")).toBe("up");
    expect(statusOf(both, "messenger", "carrier:kt", "carrier:skb")).toBe("down");
    expect(cutSets(both, "messenger", 2)).toContain("carrier:kt + carrier:skb");
    const one = sites.map((site) => ({ ...site, carriers: ["kt"] }));
    expect(cutSets(spread(one), "messenger")).toEqual(["carrier:kt"]);
  });

  it("all zones of one cloud hang on its region and its operator", () => {
    expect(cutSets(spread([cloud("seoul", 3)]), "messenger")).toEqual(["operator:aws", "region:seoul"]);
    expect(cutSets(spread([cloud("seoul", 3), cloud("tokyo", 3)]), "messenger")).toEqual(["operator:aws"]);
  });

  it("one building is a cut set by every name under which it can fail", () => {
    const site = facility("pangyo", { powerFeeds: ["bundang"], carriers: ["kt"], hazards: ["flood"] });
    expect(cutSets(spread([site]), "messenger")).toEqual([
      "carrier:kt",
      "facility:pangyo",
      "hazard:flood",
      "operator:pangyo-operator",
      "power:bundang",
      "region:pangyo-region",
    ]);
  });

  it("pairs are reported only where neither domain is enough alone", () => {
    const sites = [facility("a", { hazards: ["quake"] }), facility("b", { hazards: ["quake"] })];
    const found = createSurvival(spread(sites)).minimalCutSets("messenger", 2, ["facility", "hazard"]);
    expect(found).toEqual([
      { domains: ["hazard:quake"], certainty: "broken" },
      { domains: ["facility:a", "facility:b"], certainty: "broken" },
    ]);
  });
});

describe("capacity", () => {
  const sites = [facility("ansan"), facility("anyang"), facility("chuncheon")];
  const withUnits = (rps: number) =>
    estate(sites, [
      service("messenger", replicasIn("messenger", sites, { capacityRps: known(rps) }), { peakRps: known(1000) }),
    ]);

  it.each([
    [500, "up", 1],
    [499, "degraded", 0.998],
  ])("of %d rps in each of three sites for 1000 is %s after the loss of one", (rps, status, share) => {
    const outcome = createSurvival(withUnits(rps)).outcome("messenger", ["facility:ansan"]);
    expect(outcome.status).toBe(status);
    expect(outcome.share).toBeCloseTo(share, 9);
  });

  it("that is zero in every site left is down", () => {
    const replicas = [replica("a", ["facility:ansan"]), replica("b", ["facility:anyang"], { units: known(0) })];
    expect(statusOf(estate(sites, [service("messenger", replicas)]), "messenger", "facility:ansan")).toBe("down");
  });

  it("that nobody states leaves it unknown whether the peak is served, but not whether anything is", () => {
    const survival = createSurvival(spread(sites, { peakRps: known(1000) }));
    const outcome = survival.outcome("messenger", ["facility:ansan"]);
    expect(outcome).toMatchObject({ status: "unknown", share: 0, bestShare: 1 });
    expect(outcome.missing).toEqual(sites.map(({ name }) => `messenger@${name}.duplex:unit-rps`));
    expect(survival.minimalCutSets("messenger", 2)).toEqual([]);
  });
});

describe("quorum", () => {
  const of = (names: readonly string[]) =>
    spread(
      names.map((name) => facility(name)),
      { quorum: "majority" },
    );

  it("over two facilities is lost with either", () => {
    expect(statusOf(of(["a", "b"]), "messenger", "facility:a")).toBe("down");
    expect(statusOf(of(["a", "b"]), "messenger", "facility:b")).toBe("down");
  });

  it("over three facilities survives one and not two", () => {
    expect(statusOf(of(["a", "b", "c"]), "messenger", "facility:a")).toBe("up");
    expect(statusOf(of(["a", "b", "c"]), "messenger", "facility:a", "facility:b")).toBe("down");
  });

  it("counts units, not sites: three units against two", () => {
    const sites = [facility("a"), facility("b")];
    const replicas = [
      replica("three", ["facility:a"], { units: known(3) }),
      replica("two", ["facility:b"], { units: known(2) }),
    ];
    const built = estate(sites, [service("lock", replicas, { quorum: "majority" })]);
    expect(statusOf(built, "lock", "facility:a")).toBe("down");
    expect(statusOf(built, "lock", "facility:b")).toBe("up");
  });
});

describe("dependencies", () => {
  const sites = [facility("a"), facility("b")];
  const shopWith = (dependency: ReturnType<typeof needs>, others: readonly Service[]) =>
    estate(sites, [service("shop", replicasIn("shop", sites), { dependencies: [dependency] }), ...others]);
  const inA = (id: string, changes: Partial<Service> = {}) => service(id, replicasIn(id, sites.slice(0, 1)), changes);

  it("a hard one takes the dependent down and is named as the weakest", () => {
    const built = shopWith(needs("login"), [inA("login")]);
    expect(createSurvival(built).outcome("shop", ["facility:a"])).toMatchObject({ status: "down", weakest: "login" });
    expect(cutSets(built, "shop")).toContain("facility:a");
  });

  it("the weakest is found through a chain, and is the service itself while nothing limits it", () => {
    const built = shopWith(needs("pay"), [
      service("pay", replicasIn("pay", sites), { dependencies: [needs("login")] }),
      inA("login"),
    ]);
    expect(createSurvival(built).outcome("shop", ["facility:a"]).weakest).toBe("login");
    expect(createSurvival(built).outcome("shop", ["facility:b"]).weakest).toBe("shop");
    expect(createSurvival(built).closure("shop")).toEqual(["login", "pay", "shop"]);
  });

  it("a hard one that serves a part limits the dependent to that part", () => {
    const login = service("login", replicasIn("login", sites, { capacityRps: known(50) }), { peakRps: known(100) });
    const outcome = createSurvival(shopWith(needs("login"), [login])).outcome("shop", ["facility:a"]);
    expect(outcome).toMatchObject({ status: "degraded", share: 0.5, weakest: "login" });
  });

  it("login by any one of three survives the loss of two of them", () => {
    const vendors = ["google", "kakao", "naver"].map((id) => service(id, [], { layer: "vendor" }));
    const built = shopWith(needs(["google", "kakao", "naver"]), vendors);
    expect(statusOf(built, "shop", "vendor:google", "vendor:kakao")).toBe("up");
    expect(statusOf(built, "shop", "vendor:google", "vendor:kakao", "vendor:naver")).toBe("down");
    expect(createSurvival(built).closure("shop")).toEqual(["shop"]);
    expect(cutSets(shopWith(needs("kakao"), vendors), "shop")).toEqual(["vendor:kakao"]);
  });

  it("a soft one degrades and never takes down, also through whoever needs the dependent", () => {
    const built = shopWith(needs("pay"), [
      service("pay", replicasIn("pay", sites), { dependencies: [needs("recommendations", "soft")] }),
      inA("recommendations"),
    ]);
    expect(createSurvival(built).outcome("shop", ["facility:a"])).toMatchObject({
      status: "degraded",
      share: 1,
      weakest: "recommendations",
    });
  });

  it("a hard cycle of living services keeps itself up, and falls as one", () => {
    const ring = (id: string, next: string) =>
      service(id, replicasIn(id, sites.slice(0, 1)), { dependencies: [needs(next)] });
    const built = estate(sites, [ring("x", "y"), ring("y", "z"), ring("z", "x")]);
    expect(statusOf(built, "x")).toBe("up");
    for (const id of ["x", "y", "z"]) expect(statusOf(built, id, "facility:a")).toBe("down");
  });

  it("a cycle of startup dependencies lets no standby start, an outside hand lets both", () => {
    const paired = (id: string, other: string) =>
      service(id, [replica(id, ["facility:a"]), replica(`${id}-2`, ["facility:b"], { role: "standby" })], {
        dependencies: [needs(other, "startup")],
      });
    const alone = estate(sites, [paired("keys", "secrets"), paired("secrets", "keys")]);
    expect(statusOf(alone, "keys", "facility:a")).toBe("down");
    const helped = estate(sites, [
      paired("keys", "secrets"),
      { ...paired("secrets", "keys"), dependencies: [needs(["keys", "vault"], "startup")] },
      service("vault", replicasIn("vault", sites)),
    ]);
    expect(statusOf(helped, "keys", "facility:a")).toBe("up");
  });

  it("one on a service that no resource belongs to is unknown after any loss", () => {
    const outcome = createSurvival(shopWith(needs("elsewhere"), [])).outcome("shop", ["facility:a"]);
    expect(outcome.status).toBe("unknown");
    expect(outcome.missing).toEqual(['any replica of "elsewhere" that says where it stands']);
  });

  it("a chain deeper than the call stack is answered", () => {
    const count = 20_000;
    const chain = Array.from({ length: count }, (_, index) =>
      service(`s${index}`, [replica(`s${index}`, ["facility:a"])], {
        dependencies: index + 1 < count ? [needs(`s${index + 1}`)] : [],
      }),
    );
    expect(statusOf(estate(sites, chain), "s0", "facility:a")).toBe("down");
  });
});

describe("unknown placement", () => {
  const sites = [facility("a"), facility("b")];

  it("is fine while nothing is lost, and unknown after any loss, with the property named", () => {
    const built = estate(sites, [service("shop", [replica("shop", unknown("shop.subnetId"))])]);
    const survival = createSurvival(built);
    expect(survival.outcome("shop", []).status).toBe("up");
    expect(survival.outcome("shop", ["facility:a"])).toMatchObject({ status: "unknown", missing: ["shop.subnetId"] });
    expect(survival.relevantDomains("shop")).toEqual(built.domains.map(({ id }) => id));
    expect(survival.minimalCutSets("shop", 1, ["facility"])).toEqual([
      { domains: ["facility:a"], certainty: "unknown" },
      { domains: ["facility:b"], certainty: "unknown" },
    ]);
  });

  it("placed nowhere at all is as unknown", () => {
    const built = estate(sites, [service("shop", [replica("shop", [])])]);
    expect(createSurvival(built).outcome("shop", ["facility:a"])).toMatchObject({
      status: "unknown",
      missing: ["shop.placement"],
    });
  });

  it("of a third replica does not hide that the two others suffice", () => {
    const replicas = [...replicasIn("shop", sites), replica("third", unknown("third.subnetId"))];
    const survival = createSurvival(estate(sites, [service("shop", replicas)]));
    expect(survival.outcome("shop", ["facility:a"])).toMatchObject({ status: "up", missing: [] });
    expect(survival.minimalCutSets("shop", 2, ["facility"])).toEqual([
      { domains: ["facility:a", "facility:b"], certainty: "unknown" },
    ]);
  });
});

describe("routing", () => {
  const sites = [facility("a"), facility("b")];
  const shopBehind = (changes: Partial<Service>) => spread(sites, changes);
  const unchecked = { healthCheck: undefined };

  it("without health checks keeps sending the dead target's share to nowhere", () => {
    const built = shopBehind({
      routes: [dns("m.example", [target(["messenger@a"], unchecked), target(["messenger@b"], unchecked)])],
    });
    expect(createSurvival(built).outcome("messenger", ["facility:a"])).toMatchObject({
      status: "degraded",
      share: 0.5,
      weakest: "messenger",
    });
  });

  it("that leads to one site only is down with that site, whatever stands elsewhere", () => {
    const built = shopBehind({ routes: [dns("m.example", [target(["messenger@a"])])] });
    expect(statusOf(built, "messenger", "facility:a")).toBe("down");
    expect(statusOf(built, "messenger", "facility:b")).toBe("up");
  });

  it("by shares that nobody knows is degraded for certain, by how much is open", () => {
    const share = unknown<number>("route.weight");
    const built = shopBehind({
      routes: [
        dns("m.example", [
          target(["messenger@a"], { ...unchecked, share }),
          target(["messenger@b"], { ...unchecked, share }),
        ]),
      ],
    });
    expect(createSurvival(built).outcome("messenger", ["facility:a"])).toMatchObject({
      status: "degraded",
      share: 0,
      bestShare: 1,
    });
  });

  it("uses the last resort only when every other answer is unhealthy", () => {
    const targets = [target(["messenger@a"]), target(["messenger@b"], { lastResort: true, share: known(0) })];
    const built = shopBehind({ routes: [dns("m.example", targets, { policy: "failover" })] });
    expect(statusOf(built, "messenger", "facility:a")).toBe("up");
    const blind = [target(["messenger@a"], unchecked), ...targets.slice(1)];
    const stuck = shopBehind({ routes: [dns("m.example", blind, { policy: "failover" })] });
    expect(statusOf(stuck, "messenger", "facility:a")).toBe("down");
  });

  it("by a health check that is only seen from the site that fell stays where it was (finding K8)", () => {
    const observed = target(["messenger@a"]);
    const seenFrom = (observers: readonly "facility:a"[]) => ({
      ...observed,
      healthCheck: observed.healthCheck && { ...observed.healthCheck, observers },
    });
    const behind = (one: typeof observed) => shopBehind({ routes: [dns("m.example", [one, target(["messenger@b"])])] });
    expect(statusOf(behind(observed), "messenger", "facility:a")).toBe("up");
    expect(statusOf(behind(seenFrom(["facility:a"])), "messenger", "facility:a")).toBe("degraded");
  });

  it("by a site's own name does not shut out those who come by the wider one", () => {
    const wide = dns("m.example", [target(["messenger@a"]), target(["messenger@b"])]);
    const narrow = dns("a.m.example", [target(["messenger@a"], unchecked)], { policy: "simple" });
    expect(statusOf(shopBehind({ routes: [wide, narrow] }), "messenger", "facility:a")).toBe("up");
  });
});
