/** `duplex sim`: the simulated cloud of a project's own, from the command line, as far as no engine is needed. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { openCloud } from "../../../simulator/control";
import { Store } from "../../../simulator/store/store";
import type { CloudObject } from "../../../simulator/store/object";
import { ensureBuilt } from "../../../tools/build";
import { CommandLine } from "../../support/cli";

const root = join(__dirname, "..", "..", "..");

let commandLine: CommandLine;
beforeAll(() => ensureBuilt({ only: join(root, "dist", "simulator.js") }));
beforeEach(() => {
  commandLine = new CommandLine();
});
afterEach(() => commandLine.remove());

const sim = (...args: readonly string[]) => commandLine.duplex(["sim", ...args]);

function object(more: Partial<CloudObject> & { readonly id: string }): CloudObject {
  return {
    type: "aws:ecs/service:Service",
    place: "ap-northeast-2",
    urn: `urn:pulumi:prod::shop::aws:ecs/service:Service::${more.id}`,
    acknowledged: true,
    inputs: { desiredCount: 4 },
    state: { desiredCount: 4 },
    secrets: [],
    serial: 0,
    revision: 0,
    names: [],
    handles: [],
    uses: [],
    ...more,
  };
}

const objects: readonly CloudObject[] = [
  object({ id: "web" }),
  object({ id: "api" }),
  object({ id: "api", place: "ap-northeast-1" }),
  object({ id: "subnet", type: "aws:ec2/subnet:Subnet", zone: "apne2-az1" }),
  object({ id: "zone", type: "aws:route53/zone:Zone", place: "global" }),
  object({ id: "default/web", type: "kubernetes:apps/v1:Deployment", place: "pangyo" }),
];

const cloudFolder = () => join(commandLine.folder, ".duplex", "simulated", "cloud");

async function fill(): Promise<void> {
  mkdirSync(cloudFolder(), { recursive: true });
  const store = new Store(cloudFolder());
  store.change(() => objects.forEach((one, serial) => store.put({ ...one, serial })));
  await store.close();
}

describe("the hand on a simulated cloud", () => {
  beforeEach(fill);

  test("lists what there is by type, place and id, and what is lost", async () => {
    const { code, out, err } = await sim("list", "ecs/service");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toBe(
      "aws:ecs/service:Service  ap-northeast-1  api\n" +
        "aws:ecs/service:Service  ap-northeast-2  api\n" +
        "aws:ecs/service:Service  ap-northeast-2  web\n" +
        "SIMULATED: 3 objects. Lost now: nothing.\n",
    );
  });

  test("--json has the URN of each object", async () => {
    const { out } = await sim("list", "subnet", "--json");
    expect(JSON.parse(out)).toEqual({
      lost: [],
      objects: [{ type: "aws:ec2/subnet:Subnet", place: "ap-northeast-2", id: "subnet", urn: objects[3]?.urn }],
    });
  });

  test.each([
    ["region", "ap-northeast-2"],
    ["zone", "apne2-az1"],
    ["cluster", "pangyo"],
  ])("a %s is lost and given back", async (kind, name) => {
    expect(await sim("lose", kind, name)).toEqual({ code: 0, out: `Lost now: ${kind} ${name}.\n`, err: "" });
    expect((await sim("list", "nothing")).out).toContain(`Lost now: ${kind} ${name}.`);
    expect(await sim("restore", kind, name)).toEqual({ code: 0, out: "Lost now: nothing.\n", err: "" });
  });

  test.each([
    ["region", "pangyo", "give one of ap-northeast-1, ap-northeast-2."],
    ["region", "global", "give one of ap-northeast-1, ap-northeast-2."],
    ["zone", "apne2-az9", "give one of apne2-az1."],
    ["cluster", "seoul", "give one of pangyo."],
  ])("a %s with nothing in it, %s, is refused by those that there are", async (kind, name, message) => {
    const { code, err } = await sim("lose", kind, name);
    expect(code).toBe(1);
    expect(err).toContain(message);
    expect(err).toContain("[DPX044]");
  });

  test("an object is changed behind the engine's back", async () => {
    expect(await sim("drift", "web", '{"desiredCount":1}')).toEqual({
      code: 0,
      out: "Changed aws:ecs/service:Service web in ap-northeast-2.\n",
      err: "",
    });
    const cloud = openCloud(cloudFolder());
    expect(cloud.list().find(({ id }) => id === "web")?.state).toMatchObject({ desiredCount: 1 });
    await cloud.close();
  });

  test("an id that several objects have is asked for by type and place", async () => {
    const { code, err } = await sim("drift", "api", "--remove");
    expect(code).toBe(1);
    expect(err).toContain("aws:ecs/service:Service in ap-northeast-1, aws:ecs/service:Service in ap-northeast-2");
    expect(await sim("drift", "api", "--remove", "--place", "ap-northeast-1")).toMatchObject({
      code: 0,
      out: "Removed aws:ecs/service:Service api in ap-northeast-1.\n",
    });
    expect((await sim("list", "ecs/service")).out).toContain("SIMULATED: 2 objects.");
  });

  test.each([
    [["drift", "web"], /neither is asked for/],
    [["drift", "web", "{}", "--remove"], /both are asked for/],
    [["drift", "web", "desiredCount=1"], /must be a JSON object/],
    [["drift", "nothing", "{}"], /no such object "nothing"/],
    [["lose", "building", "pangyo"], /Allowed choices are region, zone, cluster/],
  ])("%j is refused", async (args, message) => {
    const { code, err } = await sim(...args);
    expect(code).toBe(1);
    expect(err).toMatch(message);
  });
});

test("without a simulated cloud it is said how to make one, and none is made", async () => {
  const { code, err } = await sim("list");
  expect(code).toBe(1);
  expect(err).toMatch(/The folder has no simulated cloud\. Run `duplex sim up` first.*\[DPX044\]/);
  expect(existsSync(join(commandLine.folder, ".duplex"))).toBe(false);
});

describe("what needs the engine", () => {
  test.each(["up", "preview", "down"])(
    "%s of a folder without a project, or of a stack that is not there, is refused",
    async (command) => {
      expect((await sim(command)).err).toContain("[DPX002]");
      await commandLine.write("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
      await commandLine.write("Pulumi.prod.yaml", "config: {}\n");
      const { code, err } = await sim(command, "--stack", "dev");
      expect(code).toBe(1);
      expect(err).toMatch(/no stack "dev"\. Give one of: prod\. \[DPX022\]/);
    },
  );

  test("where neither Pulumi nor Go is there, one line tells what to install, and nothing is made", () => {
    const request = JSON.stringify({ do: "up", project: commandLine.folder, stack: "prod", policies: true });
    const { status, stderr } = spawnSync(process.execPath, [join(root, "tools", "sim.js"), request], {
      encoding: "utf8",
      env: { PATH: commandLine.folder, HOME: commandLine.folder, XDG_CACHE_HOME: commandLine.folder },
    });
    expect(status).toBe(1);
    expect(stderr.trimEnd().split("\n").at(-1)).toMatch(/^duplex Neither Pulumi .* nor Go is on PATH: install /);
    expect(existsSync(join(commandLine.folder, ".duplex"))).toBe(false);
  }, 60_000);
});
