/** SIGKILL in the middle of an update: the next one finishes, nothing is lost and nothing is made twice. */
import fs from "node:fs";
import path from "node:path";
import { openCloud } from "../../simulator/control";
import { pack, simulatedStack, type SimulatedStack } from "../support/engine";

jest.setTimeout(600_000);

let stack: SimulatedStack;

beforeAll(async () => {
  stack = await simulatedStack();
  await stack.init("prod");
});

afterAll(() => stack.remove());

function checkpointed(): number {
  const file = path.join(stack.folder, "state", ".pulumi", "stacks", "duplex", "prod.json");
  if (!fs.existsSync(file)) return 0;
  try {
    const { checkpoint } = JSON.parse(fs.readFileSync(file, "utf8")) as {
      checkpoint: { latest?: { resources?: unknown[] } };
    };
    return checkpoint.latest?.resources?.length ?? 0;
  } catch {
    return 0; // being written
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Processes that were started with this simulated cloud in their environment. */
function processesOf(cloud: string): number[] {
  return fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => {
      try {
        return fs.readFileSync(`/proc/${name}/environ`, "utf8").includes(`DUPLEX_SIMULATED_CLOUD=${cloud}`);
      } catch {
        return false;
      }
    })
    .map(Number)
    .filter(isAlive);
}

describe("an update that was killed", () => {
  it("is finished by the next one, with every object made once", async () => {
    const settings = path.join(stack.folder, "Pulumi.killed.yaml");
    fs.copyFileSync("Pulumi.prod.yaml", settings);
    const update = await stack.start("up", "-s", "prod", "--yes", "--skip-preview", "--config-file", settings);
    await until(() => checkpointed() > 60 || update.exitCode !== null);
    expect(update.exitCode).toBeNull();
    update.kill("SIGKILL");
    await until(() => processesOf(stack.cloud).length === 0);
    const atKill = checkpointed();
    expect(atKill).toBeLessThan(200);

    const next = await stack.pulumi("up", "-s", "prod", "--yes", "--skip-preview", "--policy-pack", pack);
    expect(next).toMatchObject({ code: 0 });

    const { deployment } = await stack.state("prod");
    const inState = (deployment.resources ?? [])
      .filter((resource) => resource.custom && /^(aws|kubernetes):/.test(resource.type))
      .map((resource) => resource.urn)
      .sort();
    const cloud = openCloud(stack.cloud);
    try {
      const inCloud = cloud
        .list()
        .filter((object) => !object.type.startsWith("random:"))
        .map((object) => object.urn)
        .sort();
      expect(inCloud).toEqual(inState);
    } finally {
      await cloud.close();
    }
    const unchanged = await stack.pulumi("preview", "-s", "prod", "--expect-no-changes");
    expect(unchanged).toMatchObject({ code: 0 });
  });
});
