import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { known, unknown, type Estate } from "../../model";
import { catalogue } from "../../policies/catalogue";
import { describeFinding } from "../../policies/describe";
import { judge, type PolicySettings } from "../../policies/judge";
import type { Exemption, Policy } from "../../policies/policy";
import { replica, service } from "../support/estateBuilder";
import { changed, compliant, onlyIn, withService } from "./examples/compliant";

const policies = join(__dirname, "..", "..", "policies");
const families = readdirSync(policies).filter((folder) => existsSync(join(policies, folder, "index.ts")));

const loginInPangyo = (): Estate => changed("login", (login) => onlyIn(login, ["pangyo"]));

function policiesFound(estate: Estate): readonly string[] {
  return [...new Set(judge(estate).findings.map((finding) => finding.policy))];
}

/** The same estate with every list in another order. */
function shuffled(estate: Estate): Estate {
  const turn = <T>(list: readonly T[]): readonly T[] => [...list].reverse();
  return {
    ...estate,
    domains: turn(estate.domains),
    facts: turn(estate.facts),
    notJudged: turn(estate.notJudged),
    services: turn(estate.services).map((one) => ({
      ...one,
      replicas: turn(one.replicas),
      dependencies: turn(one.dependencies),
      backups: turn(one.backups),
      routes: turn(one.routes).map((route) => ({ ...route, targets: turn(route.targets) })),
    })),
  };
}

const exemption: Exemption = {
  policy: "single-facility",
  service: "login",
  owner: "login-team",
  reason: "The second site opens in June.",
  ticket: "LOG-7",
  expires: "2026-06-30",
};

describe("the catalogue", () => {
  test("holds every file of a family's folder, under its own name and in its own family", () => {
    const files = families.flatMap((family) =>
      readdirSync(join(policies, family))
        .filter((file) => file !== "index.ts")
        .map((file) => `${family}/${basename(file, ".ts")}`),
    );
    expect(catalogue.map(({ family, name }) => `${family}/${name}`).sort()).toEqual(files.sort());
  });

  test("has each name and each code once, and is sorted by code", () => {
    const codes = catalogue.map(({ code }) => code);
    expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
    expect([...new Set(codes)].sort()).toEqual(codes);
  });

  test.each(catalogue.map((policy) => [policy.name, policy] as const))("%s is written out", (_, policy) => {
    expect(policy.name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(policy.code).toMatch(/^DPX3\d\d$/);
    for (const text of [policy.why, policy.proves, policy.fix.text]) expect(text).toMatch(/^[A-Z].*[.]$/s);
    expect(policy.fix.snippet).not.toBe("");
    expect(policy.rows.length).toBeGreaterThan(0);
  });
});

describe("a finding", () => {
  test("names the service, the domain, the resources, the rows of the incident and the fix", () => {
    const finding = judge(loginInPangyo()).findings.find(
      (one) => one.policy === "single-facility" && one.service === "messenger",
    );
    expect(finding && describeFinding(finding)).toMatchInlineSnapshot(`
      "DPX301 Service "messenger" (critical) must stay up when facility "pangyo" is lost, and goes down: the weakest edge of messenger → login is its last, and "login" (1 replica) has too little left; 0 % of its peak is left.
        lost: facility:pangyo
        resources:
          login@pangyo
          messenger@busan
          messenger@chuncheon
          messenger@pangyo
        incident: row 1, row 3, row K1, row K2, row K6 (docs/policies/single-facility.md)
        fix: Run active replicas of the service, and of everything it needs, in at least one more facility."
    `);
  });

  test("is stated once per service by a policy about a loss", () => {
    const found = judge(loginInPangyo()).findings.filter((one) => one.policy === "single-facility");
    expect(found.map((one) => one.service)).toEqual(["login", "messenger"]);
  });

  test("is sorted by tier, policy and service, and the same for any order of the input", () => {
    const estate = withService(
      service("board", [replica("board@1", unknown("subnet.availabilityZoneId"))], { tier: "standard" }),
      changed("accounts", () => ({ backups: [], replication: undefined }), loginInPangyo()),
    );
    const findings = judge(estate).findings;
    expect(judge(shuffled(estate)).findings).toEqual(findings);
    expect(findings[findings.length - 1]?.tier).toBe("standard");
    expect(findings.length).toBeGreaterThan(10);
  });
});

describe("the verdict", () => {
  test("is advice where only advisory findings are left", () => {
    const judgement = judge(changed("login", () => ({ owner: undefined })));
    expect(judgement.verdict).toBe("advice");
    expect(policiesFound(changed("login", () => ({ owner: undefined })))).toEqual(["undeclared-owner"]);
  });

  test("is refused for an unknown placement of a critical service, and advice for a standard one", () => {
    const board = (tier: "critical" | "standard"): Estate =>
      withService(
        service("board", [replica("board@1", unknown("subnet.availabilityZoneId"), { capacityRps: known(1) })], {
          tier,
          owner: "board-team",
          peakRps: known(1),
        }),
      );
    expect(judge(board("critical")).verdict).toBe("refused");
    expect(judge(board("standard")).verdict).toBe("advice");
  });

  test("is advice where something was not judged", () => {
    const notJudged = [{ urn: "files", type: "aws:fsx/fileSystem:FileSystem", reason: "No reader knows it." }];
    expect(judge({ ...compliant(), notJudged }, { policies: { "not-judged": { level: "disabled" } } }).verdict).toBe("advice"); // prettier-ignore
  });
});

describe("settings", () => {
  const findings = (settings: Parameters<typeof judge>[1]): readonly string[] =>
    judge(loginInPangyo(), settings)
      .findings.filter((one) => one.policy === "single-facility")
      .map((one) => `${one.service ?? ""} ${one.level}`);

  test("lower a policy, disable it, and set a tier's level", () => {
    expect(findings({ policies: { "single-facility": { level: "advisory" } } })).toEqual(["login advisory", "messenger advisory"]); // prettier-ignore
    expect(findings({ policies: { "single-facility": { level: "disabled" } } })).toEqual([]);
    expect(findings({ policies: { "single-facility": { levels: { critical: "advisory" } } } })).toEqual(["login advisory", "messenger advisory"]); // prettier-ignore
  });

  test("of a policy hold for every tier, and those of a tier over them", () => {
    const standard = changed("login", () => ({ tier: "standard" }), loginInPangyo());
    const levelUnder = (settings: PolicySettings) =>
      judge(standard, { policies: { "single-facility": settings } }).findings.find(
        (one) => one.policy === "single-facility" && one.service === "login",
      )?.level;
    expect(levelUnder({})).toBe("advisory");
    expect(levelUnder({ level: "mandatory" })).toBe("mandatory");
    expect(levelUnder({ level: "mandatory", levels: { standard: "advisory" } })).toBe("advisory");
    expect(levelUnder({ level: "advisory", levels: { standard: "mandatory" } })).toBe("mandatory");
    expect(levelUnder({ level: "disabled", levels: { standard: "mandatory" } })).toBeUndefined();
  });
});

describe("an exemption", () => {
  const options = (today: string): Parameters<typeof judge>[1] => ({ exemptions: [exemption], today });

  test("takes its finding out of the verdict and is listed", () => {
    const judgement = judge(loginInPangyo(), options("2026-06-30"));
    expect(judgement.exempted.map(({ finding, exemption: by }) => [finding.service, by.ticket])).toEqual([["login", "LOG-7"]]); // prettier-ignore
    expect(judgement.findings.some((one) => one.policy === "single-facility" && one.service === "login")).toBe(false);
    expect(judgement.findings.some((one) => one.policy === "single-facility" && one.service === "messenger")).toBe(true); // prettier-ignore
  });

  test("covers nothing after its last day, and is refused itself", () => {
    const judgement = judge(loginInPangyo(), options("2026-07-01"));
    expect(judgement.exempted).toEqual([]);
    expect(judgement.findings.map((one) => `${one.policy} ${one.service ?? ""}`)).toEqual(
      expect.arrayContaining(["exemption-expired login", "single-facility login"]),
    );
    expect(judge(compliant(), options("2026-07-01")).verdict).toBe("refused");
  });

  test("cannot excuse an expired exemption", () => {
    const excuse = { ...exemption, policy: "exemption-expired", expires: "2099-01-01" };
    const judgement = judge(compliant(), { exemptions: [exemption, excuse], today: "2026-07-01" });
    expect(judgement.verdict).toBe("refused");
  });
});

test("a policy that throws is a finding, never a pass", () => {
  const broken: Policy = {
    ...(catalogue[0] as Policy),
    judge: () => {
      throw new Error("no such thing");
    },
  };
  const judgement = judge(compliant(), { catalogue: [broken] });
  expect(judgement.verdict).toBe("refused");
  expect(judgement.findings).toMatchObject([
    { policy: broken.name, verdict: "unknown", message: expect.stringMatching("no such thing") as string },
  ]);
});

describe("an exemption beside a resource", () => {
  const beside = (urn: string) => ({
    ...loginInPangyo(),
    exemptionWords: [{ urn, text: "DPX301 until 2026-06-30 LOG-7", owner: "login-team" }],
  });
  const spoken = (estate: Estate) =>
    judge(estate, { today: "2026-06-30" })
      .findings.filter(({ policy }) => policy === "single-facility")
      .map(({ service }) => service);

  test("covers findings of the resource's own service, not of one that needs it", () => {
    const all = spoken(loginInPangyo());
    expect(all).toEqual(expect.arrayContaining(["login", "messenger"]));
    expect(spoken(beside("login@pangyo"))).toEqual(all.filter((service) => service !== "login"));
  });

  test("beside another resource covers nothing", () => {
    expect(spoken(beside("elsewhere"))).toEqual(spoken(loginInPangyo()));
    expect(judge(beside("elsewhere"), { today: "2026-06-30" }).exemptions).toMatchObject([{ resource: "elsewhere" }]);
  });
});
