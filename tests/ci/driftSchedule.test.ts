/** The scheduled pipelines of drift: their form, what each job may do, and the scripts that read, run as a runner would. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { liveCommands } from "../../drift";
import type { DriftReport } from "../../report/drift/report";
import { exportOf, oneCopy, queue, queueUrn, table, tableUrn } from "../support/driftStates";
import { deployment, listed, tagged } from "../support/liveAnswers";
import { kubernetesFaults, type KubernetesObject } from "../support/kubernetesTypes";
import { refreshed } from "../support/manyStacks";
import { faultsBy } from "../support/publishedSchemas";
import { describeActionlint, lint } from "./actionlint";
import { root, textOf, type Job } from "./support";

jest.setTimeout(180_000);

interface Workflow {
  readonly on: { readonly schedule: readonly { readonly cron: string }[] };
  readonly permissions: object;
  readonly concurrency: object;
  readonly jobs: Readonly<Record<"read" | "publish", Job>>;
}
const workflow = parse(textOf("ci/github/drift.yml")) as Workflow;
const { read, publish } = workflow.jobs;

interface GitlabJob {
  readonly image: string;
  readonly script: readonly string[];
  readonly before_script?: readonly string[];
  readonly rules: readonly { readonly if: string }[];
  readonly resource_group: string;
  readonly allow_failure?: { readonly exit_codes: number };
  readonly id_tokens?: object;
  readonly variables: Readonly<Record<string, string>>;
}
const gitlab = parse(textOf("ci/gitlab/drift.yml")) as Readonly<Record<string, GitlabJob>>;
const gitlabRead = gitlab["duplex:drift"] as GitlabJob;
const gitlabIssue = gitlab["duplex:drift:issue"] as GitlabJob;

interface CronJob extends KubernetesObject {
  readonly spec: {
    readonly schedule: string;
    readonly concurrencyPolicy: string;
    readonly jobTemplate: {
      readonly spec: {
        readonly template: {
          readonly spec: {
            readonly automountServiceAccountToken: boolean;
            readonly containers: readonly { readonly command: readonly string[]; readonly args: readonly string[] }[];
          };
        };
      };
    };
  };
}
const objects = parseAllDocuments(textOf("ci/kubernetes/drift-cronjob.yaml")).map(
  (document) => document.toJS() as KubernetesObject,
);
const cronJob = objects.find((object): object is CronJob => object.kind === "CronJob") as CronJob;
const pod = cronJob.spec.jobTemplate.spec.template.spec;

describe("the workflow for GitHub", () => {
  test("runs by the clock, one at a time", () => {
    expect(workflow.on.schedule).toEqual([{ cron: expect.stringMatching(/^\d+ \* \* \* \*$/) as string }]);
    expect(workflow.concurrency).toEqual({ group: "duplex-drift", "cancel-in-progress": false });
  });

  test("pins every action to a commit, and says which version it is", () => {
    const uses = textOf("ci/github/drift.yml")
      .split("\n")
      .filter((line) => /\buses:/.test(line));
    expect(uses).toHaveLength([...read.steps, ...publish.steps].filter((step) => step.uses).length);
    for (const line of uses) expect(line).toMatch(/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test("lets what reads ask for an identity and write nothing, and what writes have no identity", () => {
    expect(workflow.permissions).toEqual({});
    expect(read.permissions).toEqual({ contents: "read", "id-token": "write" });
    expect(publish.permissions).toEqual({
      actions: "read",
      contents: "read",
      issues: "write",
      "security-events": "write",
    });
    expect(textOf("ci/github/drift.yml")).not.toMatch(/\bsecrets\b\s*[.[]|secrets: *inherit/);
  });

  test("leaves no token in a checkout, puts no expression into a script, and ends", () => {
    const steps = [read, publish].flatMap((job) => job.steps);
    const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkouts).toHaveLength(2);
    for (const step of checkouts) expect(step.with).toMatchObject({ "persist-credentials": false });
    for (const step of steps) expect(step.run ?? step.with?.["script"] ?? "").not.toContain("${{");
    for (const job of [read, publish]) expect(job["timeout-minutes"]).toBeLessThanOrEqual(30);
  });
});

describeActionlint(() => {
  test("finds nothing in the workflow, and an output that it does not have", () => {
    const text = textOf("ci/github/drift.yml");
    expect(lint(text)).toMatchObject({ status: 0, stdout: "" });
    const broken = text.replaceAll("needs.read.outputs.code", "needs.read.outputs.verdict");
    expect(lint(broken).stdout).toContain('property "verdict"');
  });
});

describe("the template for GitLab", () => {
  test("is accepted by GitLab's own schema, but for id_tokens, which are younger than the stored copy", () => {
    const { id_tokens: tokens, ...job } = gitlabRead;
    expect(tokens).toEqual({ AWS_ID_TOKEN: { aud: "sts.amazonaws.com" } });
    expect(faultsBy("gitlabPipeline")({ ...gitlab, "duplex:drift": job })).toEqual([]);
    expect(faultsBy("gitlabPipeline")({ ...gitlab, "duplex:drift": gitlabRead })).toHaveLength(1);
  });

  test("runs by schedules alone, one at a time, and the job with the token has no identity and no checkout", () => {
    for (const job of [gitlabRead, gitlabIssue]) {
      expect(job.rules).toHaveLength(1);
      expect(job.rules[0]?.if).toContain('$CI_PIPELINE_SOURCE == "schedule"');
      expect(job.resource_group).toBe("duplex-drift");
      expect(job.image).toMatch(/^node:\d+\.\d+\.\d+-[a-z-]+$/);
    }
    expect(gitlabIssue.id_tokens).toBeUndefined();
    expect(gitlabIssue.variables).toEqual({ GIT_STRATEGY: "none" });
    expect(JSON.stringify(gitlabRead)).not.toContain("BOT_TOKEN");
  });

  test("keeps the identity's token from other users of the machine, and off the screen", () => {
    const lines = (gitlabRead.before_script ?? []).filter((line) => line.includes("AWS_ID_TOKEN"));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^\(umask 077 && printf/);
  });

  test("takes drift that survival bears as a warning, and nothing else", () => {
    expect(gitlabRead.allow_failure).toEqual({ exit_codes: 2 });
  });
});

describe("the CronJob", () => {
  test("is accepted by Kubernetes' own types, which refuse a field that there is not", () => {
    const mistaken = { ...cronJob, spec: { ...cronJob.spec, concurency: "Forbid" } };
    const faults = kubernetesFaults([...objects, mistaken]);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain("concurency");
  });

  test("runs one at a time, without a token of the cluster", () => {
    expect(cronJob.spec.concurrencyPolicy).toBe("Forbid");
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(objects.map(({ kind }) => kind).sort()).toEqual(["CronJob", "PersistentVolumeClaim", "ServiceAccount"]);
  });
});

describe("the scripts that read", () => {
  const exported = exportOf(table(), queue());
  const nothing = refreshed(exported);
  const bearable = refreshed(exported, queue({ inputs: { delaySeconds: 30 } }));
  const lost = refreshed(exported, table(oneCopy));
  const silent = { diagnostics: [{ urn: queueUrn, message: "error: no answer", severity: "error" }] };
  let folder: string;
  let env: NodeJS.ProcessEnv;

  /** A `pulumi` whose stack is the export, and whose cloud gives this answer to a refresh. */
  function cloud(answer: unknown) {
    writeFileSync(join(folder, "export.json"), JSON.stringify(exported));
    writeFileSync(join(folder, "refresh.json"), JSON.stringify(answer));
    engine(`case "$1" in refresh) cat '${folder}/refresh.json';; *) cat '${folder}/export.json';; esac`);
  }

  function engine(script: string) {
    writeFileSync(join(folder, "pulumi"), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, "pulumi"), 0o755);
    env = { ...process.env, PATH: `${folder}:${process.env["PATH"] ?? ""}` };
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "duplex schedule "));
    writeFileSync(join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    writeFileSync(join(folder, "duplex"), `#!/bin/sh\nexec node '${join(root, "cli/bin/duplex.js")}' "$@"\n`);
    chmodSync(join(folder, "duplex"), 0o755);
    for (const out of ["reports", "duplex-drift"]) mkdirSync(join(folder, out));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const text = (file: string) => readFileSync(join(folder, file), "utf8");
  const report = (file: string) => JSON.parse(text(file)) as DriftReport;
  /** The template's path of Duplex is the one of a pipeline. */
  const here = (script: string) =>
    script
      .replace(/node \S+\/cli\/bin\/duplex\.js/g, "duplex")
      .replace(/\S+\/ci\/live\.sh/g, `'${join(root, "ci/live.sh")}'`);
  const script = (name: string, steps = read.steps) => here(steps.find((step) => step.name === name)?.run ?? "exit 99");

  function bash(text: string, more: NodeJS.ProcessEnv = {}) {
    const output = { GITHUB_OUTPUT: join(folder, "output"), GITHUB_STEP_SUMMARY: join(folder, "summary") };
    return spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", text], {
      ...{ cwd: folder, encoding: "utf8" as const, env: { ...env, ...output, STACK: "prod", ...more } },
    });
  }

  test.each([
    ["none", "0", nothing, 0],
    ["bearable", "2", bearable, 0],
    ["lost", "3", lost, 1],
  ] as const)("of GitHub hand on %s, and only the last step fails", (verdict, code, answer, status) => {
    cloud(answer);
    expect(bash(script("Compare"))).toMatchObject({ status: 0 });
    expect(text("output")).toBe(`code=${code}\n`);
    expect(report("duplex-drift/drift.json")).toMatchObject({ verdict, changed: verdict !== "none" });
    expect(text("duplex-drift/drift.md")).toMatch(/^<!-- duplex drift -->/);
    expect(text("summary")).toBe(text("duplex-drift/drift.md"));
    expect(existsSync(join(folder, "duplex-drift/drift.sarif"))).toBe(true);
    const last = script("Fail where survival is lost, or where nobody can tell", publish.steps);
    expect(bash(last, { CODE: code }).status).toBe(status);
  });

  describe("with what no property holds", () => {
    const arn = "arn:aws:dynamodb:ap-northeast-2:111122223333:table/ledger-2";
    const live = { LIVE_REGIONS: "ap-northeast-2 eu-west-1", LIVE_SWITCHES: "us-east-1=https://one.example/v1 us-west-2=https://two.example/v1" }; // prettier-ignore

    /** An `aws` that answers in Seoul and at the second endpoint alone, and an `apt-get` that does nothing. */
    function aws(answer: string) {
      const script = `#!/bin/sh
echo "$*" >> '${folder}/asked'
case "$*" in
  *get-resources*ap-northeast-2*) cat <<'ANSWER'
${answer}
ANSWER
  ;;
  *describe-alarms*ap-northeast-2*) echo '{"MetricAlarms": [], "CompositeAlarms": []}';;
  *list-protected-resources*ap-northeast-2*) echo '{"Results": []}';;
  *two.example*) echo '{"RoutingControls": []}';;
  *) echo '{"Resou'; echo 'Could not connect to the endpoint URL' >&2; exit 255;;
esac
`;
      const words = { "duplex.dev/service": "ledger", "duplex.dev/tier": "critical" };
      const kubectl = `#!/bin/sh
echo "kubectl $*" >> '${folder}/asked'
case "$*" in
  "--context far "*) echo 'Unable to connect to the server' >&2; exit 1;;
  *) cat <<'ANSWER'
${JSON.stringify(listed(deployment("by-hand", words)))}
ANSWER
  ;;
esac
`;
      for (const [name, text] of [["aws", script], ["kubectl", kubectl], ["apt-get", "#!/bin/sh\n"]] as const) {
        writeFileSync(join(folder, name), text);
        chmodSync(join(folder, name), 0o755);
      }
    } // prettier-ignore

    beforeEach(() => {
      cloud(nothing);
      aws(JSON.stringify(tagged([arn, { "duplex:service": "ledger" }])));
    });
    const urns = () => report("duplex-drift/drift.json").drifts.map(({ urn }) => urn.split("/").at(-1));

    test("of GitHub tell of it, and leave out what does not answer", () => {
      const { status, stderr } = bash(script("Ask for what no property holds"), live);
      expect(status).toBe(0);
      expect(stderr).toContain("No answer, and so not judged: aws backup list-protected-resources --region eu-west-1");
      expect(readdirSync(join(folder, "duplex-live")).sort()).toEqual(["alarms-ap-northeast-2.json", "backups-ap-northeast-2.json", "switches.json", "tagged-ap-northeast-2.json"]); // prettier-ignore
      expect(bash(script("Compare"))).toMatchObject({ status: 0 });
      expect(text("output")).toBe("code=2\n");
      expect(urns()).toEqual(["ledger-2"]);
    });

    test("of GitHub ask each cluster, also where there is no region to ask", () => {
      expect(read.steps.find(({ name }) => name === "Ask for what no property holds")?.if).toContain("LIVE_CONTEXTS");
      const { status, stderr } = bash(script("Ask for what no property holds"), { LIVE_CONTEXTS: "far near" });
      expect(status).toBe(0);
      expect(stderr).toContain("No answer, and so not judged: kubectl --context far get deployments");
      expect(readdirSync(join(folder, "duplex-live"))).toEqual(["objects-2.json"]);
      expect(text("asked")).toContain("kubectl --context near get deployments,statefulsets,daemonsets --all-namespaces --output json\n"); // prettier-ignore
      expect(bash(script("Compare"))).toMatchObject({ status: 0 });
      expect(urns()).toEqual(["by-hand"]);
    });

    test("of the CronJob do so too, and leave it out where nothing is asked for or answers", () => {
      const [{ command, args }] = pod.containers as [(typeof pod.containers)[0]];
      const found = (more: NodeJS.ProcessEnv) => {
        const [shell = "", ...flags] = [...command, ...args.map(here)];
        const run = spawnSync(shell, flags, { cwd: folder, env: { ...env, STACK: "prod", REPORTS: join(folder, "reports"), ...more } });
        expect(run.status).toBe(0);
        return report("reports/drift.json").drifts.map(({ urn }) => urn.split("/").at(-1));
      }; // prettier-ignore
      expect(found({})).toEqual([]);
      expect(found({ LIVE_REGIONS: "eu-west-1" })).toEqual([]);
      expect(found({ ...live, LIVE_CONTEXTS: "near" }).sort()).toEqual(["by-hand", "ledger-2"]);
    });

    test("of GitLab do so too", () => {
      const line = gitlabRead.script.map(here).join("\n");
      expect(bash(line, { DUPLEX_STACK: "prod", ...live }).status).toBe(2);
      expect(urns()).toEqual(["ledger-2"]);
    });

    test("compare without it where nothing at all answers", () => {
      expect(bash(script("Ask for what no property holds"), { LIVE_REGIONS: "eu-west-1" }).status).toBe(0);
      expect(existsSync(join(folder, "duplex-live"))).toBe(false);
      expect(bash(script("Compare"))).toMatchObject({ status: 0 });
      expect(text("output")).toBe("code=0\n");
    });

    test("ask only for what the role of --live may read", () => {
      bash(script("Ask for what no property holds"), live);
      const asked = text("asked").trim().split("\n").map((line) => line.split(" ").slice(0, 2).join(" "));
      const known = liveCommands.map((command) => command.replace(/^aws /, ""));
      expect(new Set(asked).size).toBe(4);
      for (const each of asked) expect(known).toContain(each);
    }); // prettier-ignore
  });

  test("of GitHub fail where there is no answer at all, and hand on nothing", () => {
    engine("echo 'error: no stack named prod' >&2; exit 255");
    const { status, stderr } = bash(script("Compare"));
    expect(status).toBe(1);
    expect(stderr).toContain("DPX7");
    expect(existsSync(join(folder, "output"))).toBe(false);
  });

  test("of GitHub know from the history that nothing has changed", () => {
    cloud(bearable);
    bash(script("Compare"));
    bash(script("Compare"));
    expect(report("duplex-drift/drift.json")).toMatchObject({ verdict: "bearable", changed: false });
  });

  test("of GitLab end with the code of the answer, and leave the reports", () => {
    const line = gitlabRead.script.map(here).join("\n");
    const stack = { DUPLEX_STACK: "prod" };
    cloud(bearable);
    expect(bash(line, stack).status).toBe(2);
    cloud(lost);
    expect(bash(line, stack).status).toBe(3);
    expect(report("duplex-drift/drift.json").drifts.map(({ urn }) => urn)).toEqual([tableUrn]);
    expect(text("duplex-drift/drift.xml")).toContain("<testsuite");
  });

  test("of the CronJob are tried again only where they could not tell", () => {
    const [{ command, args }] = pod.containers as [(typeof pod.containers)[0]];
    const [shell = "", ...flags] = [...command, ...args];
    const run = () =>
      spawnSync(shell, flags, {
        ...{ cwd: folder, encoding: "utf8" as const, env: { ...env, STACK: "prod", REPORTS: join(folder, "reports") } },
      });
    cloud(lost);
    expect(run()).toMatchObject({ status: 0 });
    expect(text("reports/duplex.prom")).toContain('duplex_drift_verdict{stack="prod",verdict="lost"} 1');
    cloud({ ...(lost as object), ...silent });
    expect(run().status).toBe(0);
    cloud({ ...(nothing as object), ...silent });
    expect(run().status).toBe(1);
    expect(report("reports/drift.json").verdict).toBe("unread");
    engine("exit 255");
    expect(run().status).toBe(1);
  });
});
