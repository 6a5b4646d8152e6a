import { join } from "node:path";
import { runProgram } from "../../../../cli/engine/program/runProgram";
import { readEstate } from "../../../../inventory/readEstate";
import { UNKNOWN } from "../../../../inventory/resource";
import { fromRegistrations } from "../../../../inventory/sources/registrations";
import { UserError } from "../../../../model/errors";
import { judge } from "../../../../policies/judge";

const programs = join(__dirname, "../../../fixtures/programs");
const seconds = 1000;

function run(name: string, timeoutSeconds = 60) {
  return runProgram(join(programs, name), { timeoutSeconds, env: process.env });
}

async function mistakesOf(name: string, timeoutSeconds?: number) {
  const error: unknown = await run(name, timeoutSeconds).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).mistakes;
}

test(
  "records a program's resources as the engine's preview has them, twice the same",
  async () => {
    const [first, second] = await Promise.all([run("two-sites"), run("two-sites")]);
    expect(first).toEqual(second);
    expect(first.standIns).toEqual(["aws:index/getAvailabilityZones:getAvailabilityZones"]);

    const resources = new Map(fromRegistrations(first.registrations).map((one) => [`${one.type}::${one.name}`, one]));
    const vpc = resources.get("aws:ec2/vpc:Vpc::main");
    const subnet = resources.get("aws:ec2/subnet:Subnet::main-1");
    expect(subnet?.properties).toMatchObject({
      vpcId: UNKNOWN,
      availabilityZoneId: "apne2-az2",
      tags: { arn: UNKNOWN },
    });
    expect(subnet?.propertyDependencies).toEqual({ vpcId: [vpc?.urn], tags: [vpc?.urn] });
    expect(subnet?.provider).toBe("urn:pulumi:dev::two-sites::pulumi:providers:aws::default_7_48_0");
    expect(resources.get("fixture:index:Network::main")?.properties).toEqual({
      vpcId: UNKNOWN,
      region: "ap-northeast-2",
    });

    const provider = resources.get("pulumi:providers:kubernetes::pangyo");
    const deployment = resources.get("kubernetes:apps/v1:Deployment::pangyo");
    expect(deployment?.provider).toBe(provider?.urn);
    expect(deployment?.properties).toMatchObject({
      spec: { replicas: 2, template: { metadata: { annotations: { greeting: "hello" } } } },
    });
    expect(resources.get("kubernetes:core/v1:ConfigMap::pangyo")?.properties["data"]).toMatchObject({
      deployment: expect.stringMatching(/^pangyo-/) as string,
      password: UNKNOWN,
    });
  },
  60 * seconds,
);

test(
  "runs TypeScript of ES modules with all that Node does not strip",
  async () => {
    const { registrations } = await run("es-modules");
    const queue = registrations.find(({ type }) => type === "aws:sqs/queue:Queue");
    // Of an enum, a namespace by a path of tsconfig.json, a file beside the module, and a decorator with a
    // parameter property.
    expect(queue?.inputs).toMatchObject({
      ...{ delaySeconds: 5, messageRetentionSeconds: 3600, maxMessageSize: 4096, name: "feed-orders" },
    });
  },
  60 * seconds,
);

test(
  "goes on behind a component that only a plugin builds, whose outputs are not known",
  async () => {
    const { registrations, components } = await run("has-a-remote-component");
    expect(components.map(({ type }) => type)).toEqual(["awsx:ec2:Vpc", "kubernetes:helm.sh/v4:Chart"]);
    const resources = fromRegistrations(registrations);
    const queue = resources.find(({ type }) => type === "aws:sqs/queue:Queue");
    expect(queue?.properties).toMatchObject({ delaySeconds: 5, tags: { vpc: UNKNOWN } });
  },
  60 * seconds,
);

test(
  "what a function of the cloud gives is not known, with the place where it is missed",
  async () => {
    const { registrations, standIns, unanswered } = await run("looks-up-subnets");
    expect({ standIns, unanswered }).toEqual({ standIns: [], unanswered: ["aws:ec2/getSubnets:getSubnets"] });
    const resources = fromRegistrations(registrations);
    const group = resources.find(({ type }) => type === "aws:autoscaling/group:Group");
    expect(group?.properties).toMatchObject({ vpcZoneIdentifiers: UNKNOWN, desiredCapacity: 6 });
    const { findings } = judge(readEstate(resources));
    expect(findings).toContainEqual(
      expect.objectContaining({
        policy: "placement-proof",
        level: "mandatory",
        properties: [`${group?.urn}.vpcZoneIdentifiers`],
      }),
    );
  },
  60 * seconds,
);

test.each([
  ["refuses-its-configuration", "DPX025", "the configuration names no sites"],
  ["asks-the-cloud", "DPX027", "aws:ec2/getVpc:getVpc"],
  ["names-one-resource-twice", "DPX029", "randomPet:RandomPet::pet is registered twice"],
  ["has-two-stacks", "DPX022", "dev, prod"],
  ["written-in-python", "DPX021", '"python"'],
])(
  "says what is wrong with a program that %s",
  async (name, code, part) => {
    const mistakes = await mistakesOf(name);
    expect(mistakes).toMatchObject([{ code, message: expect.stringContaining(part) as string }]);
    expect(mistakes[0]?.message).not.toMatch(/^\s+at /m);
  },
  60 * seconds,
);

test(
  "stops a program that does not end",
  async () => {
    expect(await mistakesOf("never-ends", 0.5)).toMatchObject([
      { code: "DPX026", message: expect.stringContaining("0.5 s") as string },
    ]);
  },
  60 * seconds,
);
