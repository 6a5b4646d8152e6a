/**
 * Proof of drift detection on the real engine: every change of tests/support/driftCases told as a person has told it,
 * nothing found where nothing has changed, and nothing left by a run that is killed. See docs/drift-proof.md.
 */
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { openCloud } from "../../simulator/control";
import { bearable, dangerous, withoutEffect } from "../support/driftCases";
import { confusionMatrix, resourcesOfProof, type Told } from "../support/driftCases/page";
import { seeded } from "../support/equivalentRewrites";
import { driftProof, forEachAtOnce, project, reportOf, type DriftProof } from "../support/driftProof";
import { root } from "../support/engine";
import { processesWith, until } from "../support/processes";

jest.setTimeout(1_800_000);

const cases = [...withoutEffect, ...bearable, ...dangerous];
const exitCodes = { none: 0, cosmetic: 2, bearable: 2, dangerous: 3 } as const;

let proof: DriftProof;
let state: string;

beforeAll(async () => {
  proof = await driftProof();
  state = hashOf(path.join(proof.stack.folder, "state"));
});

afterAll(() => proof.remove());

/** Whatever a test has done: no lock is left, and no byte of the backend is another. */
afterEach(() => {
  if (locks().length > 0) throw new Error(`A lock is left: ${locks().join(", ")}.`);
  if (hashOf(path.join(proof.stack.folder, "state")) !== state) throw new Error("The backend is not as it was.");
});

/** Of all files below a folder, with their names. */
function hashOf(folder: string): string {
  const hash = createHash("sha256");
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const file of files.map((entry) => path.join(entry.parentPath, entry.name)).sort()) {
    hash.update(path.relative(folder, file)).update("\0").update(fs.readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

function locks(): readonly string[] {
  const folder = path.join(proof.stack.folder, "state", ".pulumi", "locks");
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
}

/** Hash of all objects of a cloud. */
async function contentOf(cloud: string): Promise<string> {
  const opened = openCloud(cloud);
  try {
    return createHash("sha256").update(JSON.stringify(opened.list())).digest("hex");
  } finally {
    await opened.close();
  }
}

/** Providers that the engine has started on this cloud: it has begun to read. */
function providersOf(cloud: string): number {
  return processesWith(`DUPLEX_SIMULATED_CLOUD=${cloud}\0`, "simulator.js").length;
}

describe("changes behind the engine's back", () => {
  let told: readonly (Told & { readonly code: number; readonly unread: number })[];

  beforeAll(async () => {
    told = await forEachAtOnce(cases, async ({ change, expects }) => {
      const cloud = await proof.copyOfCloud(change);
      const run = await proof.drift(cloud);
      fs.rmSync(cloud, { recursive: true });
      const report = reportOf(run);
      return { expects, found: report.drifts[0]?.class ?? "none", code: run.code, unread: report.couldNotTell.length };
    });
  });

  it.each(cases.map(({ what, expects }, index) => [expects, what, index] as const))("%s: %s", (expects, _, index) => {
    expect(told[index]).toEqual({ expects, found: expects, code: exitCodes[expects], unread: 0 });
  });

  it("are in docs/drift-proof.md as they were counted, and no danger is called harmless", () => {
    const page = fs.readFileSync(path.join(root, "docs", "drift-proof.md"), "utf8");
    expect(told.filter(({ expects, found }) => expects === "dangerous" && found !== "dangerous")).toEqual([]);
    expect(page).toContain(confusionMatrix(told));
  });
});

it("is of as many resources as docs/drift-proof.md says", async () => {
  const { deployment } = await proof.stack.state("dev", project);
  expect(deployment.resources).toHaveLength(resourcesOfProof);
});

it("100 runs find nothing where nothing has changed", async () => {
  const cloud = await proof.copyOfCloud();
  const content = await contentOf(cloud);
  const runs = await forEachAtOnce(Array.from({ length: 100 }), () => proof.drift(cloud));
  const answers = runs.map((run) => ({ code: run.code, report: reportOf(run) }));
  const wrong = answers.filter(({ code, report }) => code !== 0 || report.verdict !== "none" || report.summary.compared < 120); // prettier-ignore
  expect(wrong).toEqual([]);
  expect(answers.flatMap(({ report }) => [...report.drifts, ...report.couldNotTell, ...report.ignored])).toEqual([]);
  expect(new Set(answers.map(({ report }) => report.source.stateSha256)).size).toBe(1);
  expect(await contentOf(cloud)).toBe(content);
});

describe("a run that is killed", () => {
  const moments = 12;
  const random = seeded(20_221_015);
  /** Seconds of one run, so that the moments lie within it on any machine. */
  let length: number;

  beforeAll(async () => {
    const started = Date.now();
    await proof.drift(await proof.copyOfCloud());
    length = (Date.now() - started) / 1000;
  });

  it.each(Array.from({ length: moments }, (_, index) => [index + 1, (index + random(1000) / 1000) / moments] as const))(
    "moment %i: at %d of its length it leaves nothing, and the next run works",
    async (_, share) => {
      const cloud = await proof.copyOfCloud();
      const content = await contentOf(cloud);
      const scratch = fs.mkdtempSync(path.join(proof.stack.folder, "tmp-"));
      const run = proof.start(cloud, { TMPDIR: scratch });
      const ended = new Promise((resolve) => run.once("exit", resolve));
      await new Promise((resolve) => setTimeout(resolve, share * length * 1000));
      run.kill("SIGKILL");
      await ended;
      // The engine notices at once, its plugins within half a second.
      await until(() => processesWith(`DUPLEX_SIMULATED_CLOUD=${cloud}\0`).length === 0, 20);
      expect(locks()).toEqual([]);
      expect(await contentOf(cloud)).toBe(content);
      // What docs/drift.md says of it: a copy of the stack's settings, and nothing else of ours.
      const left = fs.readdirSync(scratch).filter((name) => name.startsWith("duplex-"));
      expect(left.length).toBeLessThanOrEqual(1);
      const files = left.flatMap((name) => fs.readdirSync(path.join(scratch, name)));
      expect(files.filter((name) => name !== "Pulumi.dev.yaml")).toEqual([]);
      const next = await proof.drift(cloud);
      expect(next.code).toBe(0);
      expect(reportOf(next).verdict).toBe("none");
    },
  );
});

it("a provider that hangs is stopped in time with all that belongs to it", async () => {
  const cloud = await proof.copyOfCloud((opened) => opened.fail({ operation: "read", delayMs: 120_000 }));
  const run = await proof.drift(cloud, "--timeout", "6");
  expect(run).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("[DPX704]") as string });
  await until(() => processesWith(`DUPLEX_SIMULATED_CLOUD=${cloud}\0`).length === 0, 20);
});

describe("beside an update of the same stack", () => {
  it("a stack that is locked is read as well, and the lock stays its owner's", async () => {
    const cloud = await proof.copyOfCloud();
    const held = openCloud(proof.stack.cloud);
    held.fail({ operation: "read", delayMs: 600_000 });
    await held.close();
    const update = await proof.stack.start(
      "up",
      "--refresh",
      "--yes",
      "--skip-preview",
      "-s",
      "dev",
      ...proof.settings,
    );
    try {
      await until(() => locks().length === 1 && providersOf(proof.stack.cloud) > 0, 60);
      const before = { locks: locks(), state: hashOf(path.join(proof.stack.folder, "state")) };
      const run = await proof.drift(cloud);
      expect(run.code).toBe(0);
      expect(reportOf(run).verdict).toBe("none");
      expect({ locks: locks(), state: hashOf(path.join(proof.stack.folder, "state")) }).toEqual(before);
    } finally {
      if (update.pid !== undefined) process.kill(-update.pid, "SIGKILL");
      await until(() => processesWith(`DUPLEX_SIMULATED_CLOUD=${proof.stack.cloud}\0`).length === 0, 20);
      await proof.stack.pulumi("cancel", "--yes", "dev", "--cwd", project);
      state = hashOf(path.join(proof.stack.folder, "state"));
    }
  });

  it("a state that is written while the cloud is read is told as such", async () => {
    const cloud = await proof.copyOfCloud((opened) => opened.fail({ operation: "read", delayMs: 40_000 }));
    const reading = proof.drift(cloud);
    await until(() => providersOf(cloud) > 0, 60);
    const written = await proof.stack.pulumi("refresh", "--yes", "--skip-preview", "-s", "dev", "--cwd", project);
    expect(written).toMatchObject({ code: 0 });
    state = hashOf(path.join(proof.stack.folder, "state"));
    const run = await reading;
    expect(run).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("[DPX707]") as string });
  });
});
