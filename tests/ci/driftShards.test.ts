/** The parts that cut a run over many stacks into shards: their form, and their scripts run as a runner would run them. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import type { DriftReport } from "../../report/drift/report";
import { exportOf, oneCopy, queue, table } from "../support/driftStates";
import { tagged } from "../support/liveAnswers";
import { kubernetesFaults, type KubernetesObject } from "../support/kubernetesTypes";
import { manyStacks, refreshed } from "../support/manyStacks";
import { describeActionlint, lint } from "./actionlint";
import { root, textOf, type Job as Work } from "./support";

jest.setTimeout(180_000);

interface Container {
  readonly args?: readonly string[];
  readonly command: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value: string }[];
}

interface Job extends KubernetesObject {
  readonly spec: {
    readonly completions?: number;
    readonly template: { readonly spec: { readonly containers: readonly Container[]; readonly initContainers?: readonly Container[] } };
  };
} // prettier-ignore

const objects = parseAllDocuments(textOf("ci/kubernetes/drift-indexed-job.yaml")).map(
  (document) => document.toJS() as KubernetesObject,
);
const jobs = objects.filter((object): object is Job => object.kind === "Job");
const [shards, merge] = jobs as [Job, Job];
const [shard] = shards.spec.template.spec.containers as [Container];
const [merging] = merge.spec.template.spec.containers as [Container];
const valueOf = ({ env }: Container, name: string) => env?.find((each) => each.name === name)?.value;

interface Matrix {
  readonly jobs: Readonly<
    Record<
      "live" | "shard" | "merge",
      Work & { readonly strategy?: { readonly matrix: { readonly shard: readonly number[] } } }
    >
  >;
}
const workflow = parse(textOf("ci/github/drift-matrix.yml")) as Matrix;
const scriptOf = (job: "live" | "shard" | "merge", name: string) =>
  workflow.jobs[job].steps.find((step) => step.name === name)?.run ?? "exit 99";

test("Kubernetes' own types accept each object, and refuse a field that there is not", () => {
  const mistaken = { ...shards, spec: { ...shards.spec, completionsMode: "Indexed" } };
  const required = { ...merge, spec: { backoffLimit: 0 } };
  const faults = kubernetesFaults([...objects, mistaken, required]);
  expect(faults).toHaveLength(2);
  expect(faults[0]).toContain("completionsMode");
  expect(faults[1]).toContain("template");
});

test("as many shards are read as are merged, on both", () => {
  expect(Number(valueOf(shard, "SHARDS"))).toBe(shards.spec.completions);
  expect(valueOf(merging, "SHARDS")).toBe(valueOf(shard, "SHARDS"));
  expect(merge.spec.template.spec.initContainers?.[0]?.command).toContain(`job/${shards.metadata.name}`);
  const list = workflow.jobs.shard.strategy?.matrix.shard ?? [];
  expect(list).toEqual(list.map((_, at) => at + 1));
});

test("only the jobs that read may ask for an identity, and only the one that merges may write", () => {
  expect(workflow.jobs.live.permissions).toEqual({ contents: "read", "id-token": "write" });
  expect(workflow.jobs.shard.permissions).toEqual({ contents: "read", "id-token": "write" });
  expect(workflow.jobs.merge.permissions).toEqual({ actions: "read", contents: "read", "security-events": "write" });
});

describeActionlint(() => {
  test("finds nothing in the matrix, and an axis that it does not have", () => {
    const text = textOf("ci/github/drift-matrix.yml");
    expect(lint(text)).toMatchObject({ status: 0, stdout: "" });
    expect(lint(text.replace("matrix.shard }}.json", "matrix.part }}.json")).stdout).toContain('property "part"');
  });
});

describe("the scripts", () => {
  const exported = exportOf(table(), queue());
  let folder: string;
  let env: NodeJS.ProcessEnv;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "duplex shards "));
    const backend = manyStacks(folder, ["a/prod", "b/prod", "c/prod"], exported, refreshed(exported));
    const lost = JSON.stringify(refreshed(exported, table(oneCopy))).replaceAll("urn:pulumi:prod::shop", "urn:pulumi:prod::b");
    backend.stack("b/prod", { refresh: JSON.parse(lost) as unknown });
    writeFileSync(join(folder, "duplex"), `#!/bin/sh\nexec node '${join(root, "cli/bin/duplex.js")}' "$@"\n`);
    chmodSync(join(folder, "duplex"), 0o755);
    env = { ...process.env, ...backend.env, GITHUB_OUTPUT: join(folder, "output"), GITHUB_STEP_SUMMARY: join(folder, "summary") };
  }); // prettier-ignore
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const read = (name: string) => readFileSync(join(folder, name), "utf8");

  function pod(container: Container, more: Readonly<Record<string, string>>) {
    const [shell = "false", ...flags] = [...container.command, ...(container.args ?? [])];
    return spawnSync(shell, flags, { cwd: folder, encoding: "utf8", env: { ...env, REPORTS: folder, ...more } });
  }

  /** The template's paths of Duplex are those of a checkout. */
  const here = (script: string) =>
    script.replaceAll("node cli/bin/duplex.js", "duplex").replaceAll("ci/live.sh", `'${join(root, "ci/live.sh")}'`);
  const bash = (script: string, more: Readonly<Record<string, string>> = {}) =>
    spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", here(script)], {
      ...{ cwd: folder, encoding: "utf8" as const, env: { ...env, ...more } },
    });

  test("of the Indexed Job read each shard once, whatever they find, and the merge ends with the answer", () => {
    writeFileSync(join(folder, "shard-2.json"), "of an earlier run");
    for (const index of ["0", "1", "2"]) {
      expect(pod(shard, { SHARDS: "3", JOB_COMPLETION_INDEX: index })).toMatchObject({ status: 0 });
    }
    expect(pod(merging, { SHARDS: "3" }).status).toBe(3);
    const report = JSON.parse(read("drift.json")) as DriftReport;
    expect(report.stacks?.map(({ stack, verdict }) => [stack, verdict])).toEqual([
      ["organization/a/prod", "none"],
      ["organization/b/prod", "lost"],
      ["organization/c/prod", "none"],
    ]);
    expect(read("duplex.prom")).toContain('duplex_drift_changed{stack=""} 1');
    expect(JSON.parse(read("history.json"))).toMatchObject({ entries: [{ class: "dangerous" }] });
  });

  test("of a pod that cannot read is a failure, and leaves no report of an earlier run", () => {
    writeFileSync(join(folder, "shard-1.json"), "of an earlier run");
    writeFileSync(join(folder, "pulumi"), "#!/bin/sh\nexit 1\n");
    expect(pod(shard, { SHARDS: "3", JOB_COMPLETION_INDEX: "0" }).status).toBe(1);
    expect(existsSync(join(folder, "shard-1.json"))).toBe(false);
    expect(pod(merging, { SHARDS: "3" }).status).toBe(1);
  });

  describe("with what no property holds", () => {
    const words = { "duplex:service": "ledger", "duplex:tier": "critical" };
    const answer = JSON.stringify(tagged(["arn:aws:dynamodb:ap-northeast-2:111122223333:table/by-hand", words]));
    const unmanaged = () =>
      (JSON.parse(read("drift.json")) as DriftReport).drifts.filter(({ kind }) => kind === "unmanaged");

    test("of the Indexed Job tell of it once, by the answers that lie beside the reports", () => {
      mkdirSync(join(folder, "live"));
      writeFileSync(join(folder, "live", "tagged.json"), answer);
      for (const index of ["0", "1"]) {
        expect(pod(shard, { SHARDS: "2", JOB_COMPLETION_INDEX: index })).toMatchObject({ status: 0 });
      }
      expect(pod(merging, { SHARDS: "2" }).status).toBe(3);
      expect(unmanaged()).toHaveLength(1);
    });

    test("of the matrix ask for it once, and tell of it once", () => {
      writeFileSync(
        join(folder, "aws"),
        `#!/bin/sh\ncase "$*" in *get-resources*) echo '${answer}';; *) exit 255;; esac\n`,
      );
      chmodSync(join(folder, "aws"), 0o755);
      expect(bash(scriptOf("live", "Ask for what no property holds"), { LIVE_REGIONS: "ap-northeast-2" }).status).toBe(
        0,
      );
      mkdirSync(join(folder, "shards"));
      for (const index of [1, 2]) {
        const given = { SHARD: `${index}/2`, REPORT: `shards/shard-${index}.json` };
        expect(bash(scriptOf("shard", "Read the shard"), given)).toMatchObject({ status: 0 });
      }
      expect(bash(scriptOf("merge", "Merge the shards")).status).toBe(1);
      expect(unmanaged()).toHaveLength(1);
    });
  });

  test("of the matrix read and merge alike, and fail the run where survival is lost", () => {
    mkdirSync(join(folder, "shards"));
    for (const index of [1, 2]) {
      const given = { SHARD: `${index}/2`, REPORT: `shards/shard-${index}.json` };
      expect(bash(scriptOf("shard", "Read the shard"), given)).toMatchObject({ status: 0 });
    }
    expect(bash(scriptOf("merge", "Merge the shards")).status).toBe(1);
    expect(read("output")).toBe("code=3\n");
    expect(read("summary")).toContain("SURVIVAL LOST BY DRIFT");
    rmSync(join(folder, "shards", "shard-2.json"));
    expect(bash(scriptOf("merge", "Merge the shards")).status).toBe(1);
    expect(read("output")).toBe("code=3\ncode=1\n");
  });
});
