import * as inventory from "../../../inventory";
import { catalogue } from "../../../policies/catalogue";
import { createPack, type PackOptions } from "../../../policies/pack/packPolicies";
import { analyze, unknownString, urnOf, type Reported, type SentResource } from "../support";

jest.mock("../../../inventory", () => {
  const actual = jest.requireActual<typeof inventory>("../../../inventory");
  return { ...actual, readEstate: jest.fn(actual.readEstate) };
});

const tags = { "duplex:service": "login", "duplex:tier": "critical", "duplex:owner": "login-team" };
const stack: SentResource = { type: "pulumi:pulumi:Stack", name: "shop-dev" };
const provider: SentResource = {
  type: "pulumi:providers:aws",
  name: "default",
  properties: { region: "ap-northeast-2" },
};
const instance: SentResource = {
  type: "aws:ec2/instance:Instance",
  name: "login",
  parent: urnOf(stack),
  provider: urnOf(provider),
  properties: { availabilityZone: "ap-northeast-2a", instanceType: "m7g.large", tags },
};
const inUnknownZone: SentResource = {
  ...instance,
  properties: { subnetId: unknownString, availabilityZone: unknownString, instanceType: "m7g.large", tags },
};

function run(resources: readonly SentResource[], options: Partial<PackOptions> = {}): Promise<readonly Reported[]> {
  return analyze(createPack({ today: () => "2026-06-30", ...options }).policies, [stack, provider, ...resources]);
}

test("the pack serves the estate's settings and every policy, under their own names", () => {
  const names = createPack({ today: () => "2026-06-30" }).policies.map(({ name }) => name);
  expect(names).toEqual(["estate", ...catalogue.map(({ name }) => name)]);
});

test("a critical service in one zone is refused, at the resource, under the policy's name", async () => {
  const reported = await run([instance]);
  expect(reported).toContainEqual({
    policy: "single-zone",
    level: "mandatory",
    message: expect.stringMatching(/^DPX302 Service "login" \(critical\) must stay up when zone/) as string,
    urn: urnOf(instance),
  });
});

test("a critical service whose zone a preview does not know is refused, not skipped", async () => {
  const reported = await run([inUnknownZone]);
  expect(reported.filter(({ policy }) => policy === "placement-proof")).toMatchObject([
    { level: "mandatory", urn: urnOf(instance), message: expect.stringMatching(/the proof misses/) as string },
  ]);
  expect(reported.filter(({ message }) => message.includes("can't run policy"))).toEqual([]);
});

test("a standard service's finding is advice under a mandatory policy", async () => {
  const standard = {
    ...instance,
    properties: { ...instance.properties, tags: { ...tags, "duplex:tier": "standard" } },
  };
  const reported = await run([standard]);
  expect(reported.find(({ policy }) => policy === "single-zone")).toMatchObject({ level: "advisory" });
});

test("the estate is read once for all policies of a request, and anew for the next", async () => {
  const readEstate = jest.mocked(inventory.readEstate);
  const policies = createPack({ today: () => "2026-06-30" }).policies;
  readEstate.mockClear();
  const preview = await analyze(policies, [stack, provider, inUnknownZone]);
  expect(readEstate).toHaveBeenCalledTimes(1);
  await new Promise((resolve) => setImmediate(resolve));
  const update = await analyze(policies, [stack, provider, instance]);
  expect(readEstate).toHaveBeenCalledTimes(2);
  expect(preview.some(({ policy }) => policy === "single-zone")).toBe(false);
  expect(update.some(({ policy }) => policy === "single-zone")).toBe(true);
});

test("the stack's configuration sets levels and exemptions", async () => {
  const stackSettings = {
    "single-zone": "advisory",
    estate: {
      exemptions: [
        {
          policy: "single-region",
          service: "login",
          owner: "login-team",
          reason: "The second region opens in June.",
          ticket: "LOG-7",
          expires: "2026-06-30",
        },
      ],
    },
  };
  const reported = await run([instance], { stackSettings: () => stackSettings });
  expect(reported.find(({ policy }) => policy === "single-zone")?.level).toBe("advisory");
  expect(reported.some(({ policy }) => policy === "single-region")).toBe(false);
  const later = await run([instance], { stackSettings: () => stackSettings, today: () => "2026-07-01" });
  expect(later.find(({ policy }) => policy === "single-region")?.level).toBe("mandatory");
  expect(later.find(({ policy }) => policy === "exemption-expired")?.level).toBe("mandatory");
});

test("settings that cannot be read are refused once, with every mistake", async () => {
  const reported = await run([instance], {
    stackSettings: () => ({ "single-zome": "advisory", "dns-ttl": { longest: 3 } }),
  });
  expect(reported.map(({ policy, level }) => `${policy} ${level}`)).toEqual(["estate mandatory", "estate mandatory"]);
  expect(reported.map(({ message }) => /DPX\d+/.exec(message)?.[0])).toEqual(["DPX313", "DPX312"]);
});
