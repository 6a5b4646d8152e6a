import { createHash } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { DriftReport } from "../../../../report/drift/report";
import { CommandLine } from "../../../support/cli";
import { exportOf, oneCopy, queue, table, tableUrn } from "../../../support/driftStates";
import { FakePulumi, step, unchangedSteps } from "../../../support/fakePulumi";

let commandLine: CommandLine;
let pulumi: FakePulumi;
beforeEach(() => {
  commandLine = new CommandLine();
  pulumi = new FakePulumi(commandLine);
});
afterEach(() => commandLine.remove());

describe("a stack on a backend that is a folder", () => {
  const stacks = ".pulumi/stacks/shop";
  const checkpointOf = (deployment: object) =>
    JSON.stringify({ version: 3, checkpoint: { stack: "organization/shop/prod", latest: deployment } });
  const { deployment } = exportOf(table(), queue());

  /** Runs it with the backend's folder, and counts the exports. */
  async function runInFolder(refresh: string, files: Readonly<Record<string, string>>) {
    const backend = join(commandLine.folder, "back end");
    rmSync(join(commandLine.folder, "calls"), { force: true });
    rmSync(backend, { recursive: true, force: true });
    mkdirSync(join(backend, stacks), { recursive: true });
    for (const [name, text] of Object.entries(files)) await writeFile(join(backend, stacks, name), text);
    await pulumi.write(refresh);
    const answer = await commandLine.duplex(["drift", "-s", "prod", "--format", "json"], {
      env: {
        ...pulumi.env,
        PULUMI_BACKEND_URL: `${pathToFileURL(backend).href}?no_tmp_dir=true`,
      },
    });
    const exports = pulumi.calls().filter((call) => call.startsWith("stack export"));
    const report = (answer.out === "" ? {} : JSON.parse(answer.out)) as DriftReport;
    return { code: answer.code, err: answer.err, exports: exports.length, report };
  }

  test("is read in its file, and the engine is not asked for an export", async () => {
    const refresh = await pulumi.answering({ steps: [step("update", table(), table(oneCopy)), unchangedSteps[1]] });
    const same = await runInFolder(refresh, { "prod.json": checkpointOf(deployment) });
    expect(same).toMatchObject({ code: 3, err: "", exports: 0 });
    expect(same.report.drifts).toMatchObject([{ urn: tableUrn, class: "dangerous" }]);
    const hash = createHash("sha256").update(checkpointOf(deployment)).digest("hex");
    expect(same.report.source.stateSha256).toBe(hash);
  });

  test.each([
    ["written", `echo ' ' >> "back end/${stacks}/prod.json"`],
    ["removed", `rm "back end/${stacks}/prod.json"`],
  ])("that is %s meanwhile could not be told", async (_, change) => {
    const refresh = `${change}; ${await pulumi.answering({ steps: unchangedSteps })}`;
    const changed = await runInFolder(refresh, { "prod.json": checkpointOf(deployment) });
    expect(changed).toMatchObject({ code: 1, err: expect.stringContaining("[DPX707]") as string });
  });

  test.each([
    ["another stack's file is there", { "dev.json": checkpointOf(deployment) }],
    ["there is a compressed file as well", { "prod.json": checkpointOf({}), "prod.json.gz": "" }],
    ["the file is of a later form", { "prod.json": checkpointOf(deployment).replace('"version":3', '"version":4') }],
    ["the file is no checkpoint", { "prod.json": "{" }],
  ])("is exported, before and after, where %s", async (_, files) => {
    const found = await runInFolder(await pulumi.answering({ steps: unchangedSteps }), files);
    expect(found).toMatchObject({ code: 0, err: "", exports: 2, report: { summary: { compared: 2 } } });
  });
});
