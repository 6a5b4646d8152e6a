import fc from "fast-check";
import { besideBaseline, updateBaseline, type BaselineEntry } from "../../policies/baseline";
import type { Finding } from "../../policies/policy";
import { finding } from "../support/checkReports";

const today = "2026-12-01";

function entryOf({ policy, service, urns, lost, level }: Finding, changes: Partial<BaselineEntry> = {}): BaselineEntry {
  const [resource = ""] = urns;
  return {
    policy,
    ...(service === undefined ? {} : { service }),
    resource,
    lost,
    level,
    since: "2026-11-01",
    ...changes,
  };
}

test("a finding stays known while its numbers, its message and its other resources change", () => {
  const entry = entryOf(finding());
  const later = finding({
    message: "3 of 7 replicas.",
    fix: "Add 4.",
    urns: ["login@pangyo", "other"],
    severity: "low",
  });
  expect(besideBaseline([later], [], [entry], today)).toEqual({
    findings: [],
    known: [{ finding: later, entry }],
    stale: [],
    expired: [],
  });
});

test.each<[string, Partial<Finding>]>([
  ["another policy", { policy: "dns-ttl" }],
  ["another service", { service: "login" }],
  ["no service", { service: undefined }],
  ["another loss", { lost: ["facility:anyang"] }],
  ["one loss more", { lost: ["facility:anyang", "facility:pangyo"] }],
  ["another resource", { urns: ["messenger@anyang"] }],
])("a finding with %s is not known, and the entry is stale", (_, changes) => {
  const [entry, other] = [entryOf(finding()), finding(changes)];
  expect(besideBaseline([other], [], [entry], today)).toMatchObject({ findings: [other], known: [], stale: [entry] });
});

test("the order of what is lost does not matter", () => {
  const lost = ["facility:pangyo", "facility:anyang"] as const;
  const entry = entryOf(finding({ lost: [...lost] }));
  expect(besideBaseline([finding({ lost: [...lost].reverse() })], [], [entry], today).findings).toEqual([]);
});

test("what advised and refuses now is worse, and speaks", () => {
  const entry = entryOf(finding({ level: "advisory" }));
  expect(besideBaseline([finding()], [], [entry], today)).toMatchObject({ findings: [finding()], stale: [] });
  const better = finding({ level: "advisory" });
  expect(besideBaseline([better], [], [entryOf(finding())], today).findings).toEqual([]);
});

test.each([
  ["2026-12-01", 0, 0],
  ["2026-11-30", 1, 1],
])("an entry until %s leaves %d findings on 2026-12-01", (until, speaking, expired) => {
  const result = besideBaseline([finding()], [], [entryOf(finding(), { until })], today);
  expect(result.findings).toHaveLength(speaking);
  expect(result.expired).toHaveLength(expired);
});

test("an expired entry whose finding is gone is stale alone; one that an exemption covers is not", () => {
  const entry = entryOf(finding(), { until: "2026-01-01" });
  expect(besideBaseline([], [], [entry], today)).toMatchObject({ stale: [entry], expired: [] });
  expect(besideBaseline([], [finding()], [entryOf(finding())], today)).toMatchObject({ stale: [], known: [] });
});

const findings = fc.array(
  fc.record({
    policy: fc.constantFrom("single-facility", "dns-ttl"),
    service: fc.constantFrom("messenger", "login", undefined),
    level: fc.constantFrom("mandatory" as const, "advisory" as const),
    urns: fc.constantFrom(["a"], ["b", "a"]),
    lost: fc.constantFrom<Finding["lost"]>([], ["facility:pangyo"]),
    message: fc.string(),
  }),
);

test("what has just been written down covers all of its findings, and a second run changes nothing", () => {
  fc.assert(
    fc.property(findings, (made) => {
      const all = made.map((changes) => finding(changes));
      const standing = all.map((one) => {
        const { since: _, ...remembered } = entryOf(one);
        return remembered;
      });
      const first = updateBaseline([], standing, { today, add: true, until: today, reason: "Known." });
      const parted = besideBaseline([...all].reverse(), [], first.entries, today);
      expect(parted).toMatchObject({ findings: [], stale: [], expired: [] });
      expect(parted.known).toHaveLength(all.length);
      const second = updateBaseline(first.entries, [...standing].reverse(), { today: "2030-01-01", add: true });
      expect(second).toEqual({ entries: first.entries, added: 0, removed: 0, left: 0 });
    }),
  );
});
