import { deserializeOnce } from "../../../policies/pack/deserializeOnce";
import { createPack } from "../../../policies/pack/packPolicies";
import { analyze, askAlone, urnOf, type SentResource } from "../support";

const provider: SentResource = {
  type: "pulumi:providers:aws",
  name: "default",
  properties: { region: "ap-northeast-2" },
};
const stack: readonly SentResource[] = [
  provider,
  {
    type: "aws:ec2/instance:Instance",
    name: "login",
    provider: urnOf(provider),
    properties: {
      availabilityZone: "ap-northeast-2a",
      tags: { "duplex:service": "login", "duplex:tier": "critical" },
    },
  },
];
const pack = () => createPack({ today: () => "2026-06-30" }).policies;

test("a resource alone gets the same answers, read or not", async () => {
  const answers = () =>
    Promise.all(
      stack.flatMap((resource) => [askAlone("analyze", pack(), resource), askAlone("remediate", pack(), resource)]),
    );
  const before = await answers();
  deserializeOnce();
  expect(await answers()).toEqual(before);
  expect(before).toHaveLength(2 * stack.length);
});

test("what is found does not hang on how often properties are deserialized", async () => {
  const before = await analyze(pack(), stack);
  expect(before.map(({ policy }) => policy)).toContain("single-zone");
  deserializeOnce();
  expect(await analyze(pack(), stack)).toEqual(before);
});

test("a policy that has lost the reading of its request refuses rather than judge a stack without properties", async () => {
  const [estate] = pack();
  const another = pack().filter(({ name }) => name === "single-zone");
  const reported = await analyze(estate ? [estate, ...another] : [], stack);
  expect(reported).toMatchObject([
    { policy: "single-zone", level: "mandatory", message: expect.stringMatching(/one reading of the stack/) as string },
  ]);
});
