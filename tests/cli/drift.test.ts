/** `duplex drift`: exit codes, rules, and the engine's answers, spoken by a `pulumi` of the test's own. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { DriftReport } from "../../report/driftReport";
import { EstateJudge } from "../support/cli";
import { exportOf, oneCopy, queue, queueUrn, table, tableUrn } from "../support/driftStates";

let estateJudge: EstateJudge;
beforeEach(async () => {
  estateJudge = new EstateJudge();
  await estateJudge.write("a.json", exportOf(table(), queue()));
});
afterEach(() => estateJudge.remove());

const changed = queue({ inputs: { delaySeconds: 9 } });
const states = ["drift", "--state", "a.json", "--actual", "b.json"];

describe("two exports", () => {
  test.each([
    [0, "NO DRIFT", [table(), queue()]],
    [2, "DRIFT, SURVIVAL BEARS IT", [table(), changed]],
    [3, "SURVIVAL LOST BY DRIFT", [table(oneCopy), queue()]],
  ] as const)("end with %i: %s", async (code, headline, actual) => {
    await estateJudge.write("b.json", exportOf(...actual));
    const answer = await estateJudge.duplex(states);
    expect(answer).toMatchObject({ code, err: "" });
    expect(answer.out).toContain(`${headline}: 2 resources compared`);
  });

  test("are judged by the settings, as a check is", async () => {
    await estateJudge.write("b.json", exportOf(table(oneCopy), queue()));
    await estateJudge.write("policy.json", { all: "advisory" });
    const answer = await estateJudge.duplex([...states, "--config", "policy.json", "--format", "json"]);
    const report = JSON.parse(answer.out) as DriftReport;
    // No finding refuses any more, and the service hangs on one region all the same.
    expect(report.drifts[0]?.findings).toEqual([]);
    expect(report.drifts[0]?.hangsOn).toMatchObject([{ service: "ledger", domain: "region:ap-northeast-2" }]);
    expect(answer.code).toBe(3);
  });

  test("give further answers into files", async () => {
    await estateJudge.write("b.json", exportOf(table(), queue()));
    const reports = ["--report", "sarif=x.sarif", "--report", "openmetrics=x.prom", "--output", "x.txt"];
    expect(await estateJudge.duplex([...states, ...reports])).toMatchObject({ code: 0, out: "" });
    const { readFileSync } = await import("node:fs");
    expect(readFileSync(join(estateJudge.folder, "x.prom"), "utf8")).toMatch(/# EOF\n$/);
    expect(readFileSync(join(estateJudge.folder, "x.txt"), "utf8")).toMatch(/^NO DRIFT/);
  });

  test("of different stacks are a mistake", async () => {
    const other = JSON.parse(JSON.stringify(exportOf(table())).replaceAll("urn:pulumi:prod", "urn:pulumi:dev")) as unknown;
    await estateJudge.write("b.json", other);
    const answer = await estateJudge.duplex(states);
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err).toMatch(/a\.json is of "prod::shop", b\.json of "dev::shop".*\[DPX720\]/);
  }); // prettier-ignore

  test.each([
    ["[DPX002]", undefined],
    ["[DPX005]", '{"version": 3, "deploy'],
    ["[DPX402]", { version: 1, deployment: {} }],
    ["[DPX013]", { version: 3, deployment: {} }],
  ] as const)("that cannot be read end with 1: %s", async (code, content) => {
    if (content !== undefined) await estateJudge.write("b.json", content);
    const answer = await estateJudge.duplex(states);
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err).toMatch(new RegExp(`^b\\.json.*${code.replace(/[[\]]/g, "\\$&")}\\n$`, "s"));
  });

  test.each([[["drift"]], [["drift", "--state", "a.json"]], [["drift", "-s", "prod", "--state", "a.json"]]])(
    "or a stack, and not half of either: %j",
    async (argv) => {
      const answer = await estateJudge.duplex(argv);
      expect(answer.code).toBe(1);
      expect(answer.err).toMatch(/\[DPX001\]\n$/);
    },
  );
});

describe("--expected", () => {
  beforeEach(async () => void (await estateJudge.write("b.json", exportOf(table(), changed))));

  test("excuses what its rule names, in YAML with a plain date", async () => {
    await estateJudge.write("rules.yaml", 'expected:\n  - { resource: "aws:sqs/*", property: delaySeconds, reason: Tuned by hand., owner: mail, expires: 2022-10-15 }\n'); // prettier-ignore
    const answer = await estateJudge.duplex([...states, "--expected", "rules.yaml"]);
    expect(answer).toMatchObject({ code: 0, err: "" });
    expect(answer.out).toContain(`Expected:\n  ${queueUrn} delaySeconds: 0 → 9`);
  });

  test("tells every mistake in one run", async () => {
    await estateJudge.write("rules.json", {
      expected: [{ resource: "", property: "a", owner: "x", expires: "soon", by: 1 }],
    });
    const answer = await estateJudge.duplex([...states, "--expected", "rules.json"]);
    expect(answer).toMatchObject({ code: 1, out: "" });
    for (const path of ["resource", "reason", "expires", "by"]) expect(answer.err).toContain(`expected[0].${path}`);
  });
});

describe("--history", () => {
  const history = ["--history", "history.json"];
  const read = async (today: string): Promise<DriftReport> =>
    JSON.parse((await estateJudge.duplex([...states, ...history, "--format", "json"], { today })).out) as DriftReport;

  test("tells since when, what is new, and what comes and goes", async () => {
    const drifted = exportOf(table(), changed);
    await estateJudge.write("b.json", drifted);
    expect(await read("2022-10-15")).toMatchObject({ changed: true, drifts: [{ since: "2022-10-15", flapping: false }] });
    expect(await read("2022-10-16")).toMatchObject({ changed: false, drifts: [{ since: "2022-10-15" }] });
    for (const [day, state] of [["17", exportOf(table(), queue())], ["18", drifted], ["19", exportOf(table(), queue())], ["20", drifted]] as const) {
      await estateJudge.write("b.json", state);
      expect(await read(`2022-10-${day}`)).toMatchObject({ changed: true });
    }
    expect((await read("2022-10-21")).drifts).toMatchObject([{ since: "2022-10-20", flapping: true }]);
    const { out } = await estateJudge.duplex([...states, ...history]);
    expect(out).toContain("1 cosmetic. As in the last run.");
    expect(out).toContain("(changed, since 2022-10-20, flapping)");
  }); // prettier-ignore

  test("is not taken from another file, nor written over it", async () => {
    await estateJudge.write("b.json", exportOf(table(), queue()));
    await estateJudge.write("history.json", { formatVersion: 1, entries: [{ urn: 1 }] });
    const answer = await estateJudge.duplex([...states, ...history]);
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err).toContain("[DPX721]");
  });
});

describe("a stack", () => {
  const exported = JSON.stringify(exportOf(table(), queue()));
  const step = (op: string, before: object, after?: object) => ({
    op,
    urn: (before as { urn: string }).urn,
    oldState: before,
    ...(after === undefined ? {} : { newState: after }),
  });
  const steps = [step("refresh", table(), table()), step("refresh", queue(), queue())];

  /** A `pulumi` that answers `stack export` with the first text (a list: one a call) and `refresh` with the script. */
  async function pulumi(refresh: string, exports: readonly string[] = [exported]): Promise<void> {
    await estateJudge.write("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
    await estateJudge.write("Pulumi.prod.yaml", "config: {}\n");
    await Promise.all(exports.map((text, index) => estateJudge.write(`export-${index}.json`, text)));
    const script = `#!/bin/sh
cd "${estateJudge.folder}"
echo "$@" >> calls
if [ "$1" = stack ]; then
  n=$(cat n 2>/dev/null || echo 0); f=export-$n.json; [ -f $f ] || f=export-0.json
  cat $f; echo $((n+1)) > n; exit 0
fi
${refresh}
`;
    const file = join(estateJudge.folder, "pulumi");
    await writeFile(file, script);
    await chmod(file, 0o755);
  }

  const answered = async (document: unknown, code = 0): Promise<string> => {
    await estateJudge.write("refresh.json", document);
    return `cat refresh.json; exit ${code}`;
  };
  const run = (...more: readonly string[]) =>
    estateJudge.duplex(["drift", "-s", "prod", "--format", "json", ...more], {
      env: { PATH: `${estateJudge.folder}:${process.env["PATH"] ?? ""}` },
    });

  test("is read without a change, and its settings are not the engine's to write", async () => {
    await pulumi(await answered({ steps, changeSummary: { same: 2 } }));
    const answer = await run();
    expect(answer).toMatchObject({ code: 0, err: "" });
    const { source } = JSON.parse(answer.out) as DriftReport;
    expect(source).toMatchObject({ kind: "stack", stack: "prod" });
    expect(source.stateSha256).toMatch(/^[0-9a-f]{64}$/);
    const { readFileSync } = await import("node:fs");
    const calls = readFileSync(join(estateJudge.folder, "calls"), "utf8").trim().split("\n");
    // The first export and the refresh run side by side.
    expect(calls.map((call) => call.split(" ")[0]).sort()).toEqual(["refresh", "stack", "stack"]);
    expect(calls.find((call) => call.startsWith("refresh"))).toMatch(
      /--preview-only --json --config-file \S+duplex-drift-\S+Pulumi\.prod\.yaml --stack prod/,
    );
  });

  test("is left at once where a file of ours is mistaken, and no engine is left behind", async () => {
    await pulumi("echo $$ > pid; exec sleep 600");
    const started = Date.now();
    const answer = await run("--sites", "nowhere.yaml");
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err).toContain("nowhere.yaml");
    expect(answer.err).not.toContain("stopped from outside");
    expect(Date.now() - started).toBeLessThan(60_000);
    const { existsSync, readFileSync } = await import("node:fs");
    const pid = join(estateJudge.folder, "pid");
    const runs = (id: number) => {
      try {
        return process.kill(id, 0);
      } catch {
        return false;
      }
    };
    // It may be stopped before it has begun.
    expect(existsSync(pid) && runs(Number(readFileSync(pid, "utf8")))).toBe(false);
  });

  test("with a copy gone has lost survival", async () => {
    await pulumi(await answered({ steps: [step("update", table(), table(oneCopy)), steps[1]] }));
    expect((await run()).code).toBe(3);
    await pulumi(await answered({ steps: [step("delete", table()), steps[1]] }));
    const report = JSON.parse((await run()).out) as DriftReport;
    expect(report.drifts).toMatchObject([{ kind: "gone", urn: tableUrn, class: "dangerous" }]);
  });

  test("of which a part does not answer is judged in the rest", async () => {
    const diagnostics = [{ urn: tableUrn, message: "error: Preview failed: no route\n", severity: "error" }];
    await pulumi(await answered({ steps, diagnostics }, 1));
    const answer = await run();
    expect(answer.code).toBe(1);
    const report = JSON.parse(answer.out) as DriftReport;
    expect(report).toMatchObject({ verdict: "unread", couldNotTell: [{ urn: tableUrn, reason: "no route" }] });
    expect(report.summary.compared).toBe(1);
  });

  describe("whose cloud throttles", () => {
    const throttled = { urn: tableUrn, message: "error: ThrottlingException: Rate exceeded", severity: "error" };
    const lost = { steps: [step("update", table(), table(oneCopy))] };
    const first = { steps: [steps[1]], diagnostics: [throttled] };
    const refreshes = async () => {
      const { readFileSync } = await import("node:fs");
      const calls = readFileSync(join(estateJudge.folder, "calls"), "utf8").trim().split("\n");
      return calls.filter((call) => call.startsWith("refresh "));
    };
    /** Throttles as often as is said; then the answer. */
    async function cloud(times: number, then: object, code = 0) {
      await estateJudge.write("first.json", first);
      await estateJudge.write("then.json", then);
      await pulumi(`r=$(cat r 2>/dev/null || echo 0); echo $((r+1)) > r
if [ $r -lt ${times} ]; then cat first.json; exit 255; fi; cat then.json; exit ${code}`);
    }

    test("is asked again for what it has not answered, and the rest is kept", async () => {
      await cloud(2, lost);
      const answer = await run("--retry-wait", "0.01");
      expect(answer.code).toBe(3);
      const report = JSON.parse(answer.out) as DriftReport;
      expect(report).toMatchObject({ verdict: "lost", couldNotTell: [], summary: { compared: 2 } });
      expect(answer.err).toBe(
        "prod: Throttled: asking for 1 resource again in 1 s (1 of 3).\nprod: Throttled: asking for 1 resource again in 1 s (2 of 3).\n",
      );
      const [whole, ...again] = await refreshes();
      expect(whole).not.toContain("--target");
      expect(again).toHaveLength(2);
      for (const call of again) expect(call).toContain(`--target ${tableUrn} `);
    });

    test("and goes on doing so could not be told, in that part", async () => {
      await cloud(99, lost);
      const answer = await run("--retry-wait", "0.01", "--retries", "1");
      expect(answer.code).toBe(1);
      const report = JSON.parse(answer.out) as DriftReport;
      expect(report.couldNotTell).toMatchObject([{ urn: tableUrn, reason: expect.stringContaining("Throttling") as string }]);
      expect(report.summary.compared).toBe(1);
      expect(await refreshes()).toHaveLength(2);
    }); // prettier-ignore

    test("is not asked again where it is not wanted, or where the time would be over", async () => {
      await cloud(1, lost);
      expect(await run("--retries", "0")).toMatchObject({ code: 1, err: "" });
      expect(await run("--retry-wait", "3600")).toMatchObject({ code: 3 });
      expect(await refreshes()).toHaveLength(2);
      await cloud(99, lost);
      expect(await run("--retry-wait", "3600", "--timeout", "60")).toMatchObject({ code: 1, err: "" });
    });

    test("for longer than there is time leaves what the first reading told", async () => {
      await estateJudge.write("first.json", first);
      await pulumi("[ -f r ] && exec sleep 60; touch r; cat first.json; exit 255");
      const answer = await run("--retry-wait", "0.01", "--timeout", "5");
      expect(answer.code).toBe(1);
      expect(JSON.parse(answer.out) as DriftReport).toMatchObject({
        verdict: "unread",
        summary: { compared: 1, couldNotTell: 1 },
      });
    }, 20_000);

    test("before it says anything of the stack is asked for all of it", async () => {
      await estateJudge.write("then.json", { steps });
      await pulumi(
        "[ -f r ] && { cat then.json; exit; }; touch r; echo 'error: SlowDown: reduce your rate' >&2; exit 255",
      );
      const answer = await run("--retry-wait", "0.01");
      expect(answer).toMatchObject({ code: 0, err: expect.stringContaining("the stack again") as string });
      expect((await refreshes()).join()).not.toContain("--target");
    });

    test.each(["no", "", "-1", "1.5", "11"])("takes no %j for a number of times", async (text) => {
      expect((await run("--retries", text)).err).toContain("whole number from 0 to 10");
    });
  });

  test("a region that is lost is not asked again", async () => {
    const diagnostics = [{ urn: tableUrn, message: "error: dial tcp: i/o timeout", severity: "error" }];
    await pulumi(await answered({ steps: [steps[1]], diagnostics }, 255));
    expect(await run()).toMatchObject({ code: 1, err: "" });
  });

  test("a resource without any answer could not be told", async () => {
    await pulumi(await answered({ steps: [steps[1]] }));
    expect(JSON.parse((await run()).out)).toMatchObject({ verdict: "unread", couldNotTell: [{ urn: tableUrn }] });
  });

  test("a secret is the same word before and after, and no drift", async () => {
    const secret = (name: string) => ({ ...queue({ inputs: { policy: name } }) });
    await pulumi(await answered({ steps: [steps[0], step("refresh", secret("[secret]"), secret("[secret]"))] }));
    expect(await run()).toMatchObject({ code: 0 });
  });

  test.each([
    ["DPX701", "echo \"error: no stack named 'prod' found\" >&2; exit 255"],
    ["DPX702", "echo 'error: constructing secrets manager: incorrect passphrase' >&2; exit 255"],
    ["DPX703", "echo 'error: the stack is currently locked by 1 lock(s)' >&2; exit 255"],
    ["DPX706", "echo 'error: something else' >&2; exit 255"],
    ["DPX706", "echo '{}'"],
  ])("that cannot be read ends with 1 and %s", async (code, refresh) => {
    await pulumi(refresh);
    const answer = await run();
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err).toContain(`[${code}]`);
  });

  test("whose provider hangs is stopped with all that it started", async () => {
    await pulumi("trap '' INT; sleep 300 & echo $! > child; wait; sleep 300");
    const answer = await run("--timeout", "0.5");
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err).toMatch(/within 0\.5 s.*\[DPX704\]/);
    const { readFileSync } = await import("node:fs");
    const child = readFileSync(join(estateJudge.folder, "child"), "utf8").trim();
    // Ended, or ended and not yet collected by whoever runs as process 1.
    expect(spawnSync("ps", ["-o", "stat=", "-p", child], { encoding: "utf8" }).stdout).toMatch(/^(?:Z.*\n)?$/);
  }, 20_000);

  test("that somebody changes meanwhile could not be told", async () => {
    const other = JSON.stringify(exportOf(table(), changed));
    await pulumi(await answered({ steps }), [exported, other]);
    expect((await run()).err).toContain("[DPX707]");
  });

  describe("on a backend that is a folder", () => {
    const stacks = ".pulumi/stacks/shop";
    const checkpointOf = (deployment: object) =>
      JSON.stringify({ version: 3, checkpoint: { stack: "organization/shop/prod", latest: deployment } });
    const { deployment } = exportOf(table(), queue());

    /** Runs it with the backend's folder, and counts the exports. */
    async function runInFolder(refresh: string, files: Readonly<Record<string, string>>) {
      const { mkdirSync, readFileSync, rmSync } = await import("node:fs");
      const backend = join(estateJudge.folder, "back end");
      rmSync(join(estateJudge.folder, "calls"), { force: true });
      rmSync(backend, { recursive: true, force: true });
      mkdirSync(join(backend, stacks), { recursive: true });
      for (const [name, text] of Object.entries(files)) await writeFile(join(backend, stacks, name), text);
      await pulumi(refresh);
      const answer = await estateJudge.duplex(["drift", "-s", "prod", "--format", "json"], {
        env: {
          PATH: `${estateJudge.folder}:${process.env["PATH"] ?? ""}`,
          PULUMI_BACKEND_URL: `${pathToFileURL(backend).href}?no_tmp_dir=true`,
        },
      });
      const exports = readFileSync(join(estateJudge.folder, "calls"), "utf8").match(/^stack export/gm);
      const report = (answer.out === "" ? {} : JSON.parse(answer.out)) as DriftReport;
      return { code: answer.code, err: answer.err, exports: exports?.length ?? 0, report };
    }

    test("is read in its file, and the engine is not asked for an export", async () => {
      const refresh = await answered({ steps: [step("update", table(), table(oneCopy)), steps[1]] });
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
      const refresh = `${change}; ${await answered({ steps })}`;
      const changed = await runInFolder(refresh, { "prod.json": checkpointOf(deployment) });
      expect(changed).toMatchObject({ code: 1, err: expect.stringContaining("[DPX707]") as string });
    });

    test.each([
      ["another stack's file is there", { "dev.json": checkpointOf(deployment) }],
      ["there is a compressed file as well", { "prod.json": checkpointOf({}), "prod.json.gz": "" }],
      ["the file is of a later form", { "prod.json": checkpointOf(deployment).replace('"version":3', '"version":4') }],
      ["the file is no checkpoint", { "prod.json": "{" }],
    ])("is exported, before and after, where %s", async (_, files) => {
      const found = await runInFolder(await answered({ steps }), files);
      expect(found).toMatchObject({ code: 0, err: "", exports: 2, report: { summary: { compared: 2 } } });
    }); // prettier-ignore
  });

  test("that somebody changes between the two first readings could not be told either", async () => {
    const written = (time: string) => ({ ...table(), modified: `2022-10-15T${time}Z` });
    const exportedAt = JSON.stringify(exportOf(written("15:20:00"), queue()));
    await pulumi(await answered({ steps: [step("refresh", written("15:19:00"), table()), steps[1]] }), [exportedAt]);
    expect((await run()).err).toContain("[DPX707]");
    await pulumi(await answered({ steps: [step("refresh", written("15:20:00"), table()), steps[1]] }), [exportedAt]);
    expect(await run()).toMatchObject({ code: 0, err: "" });
  });

  test("without an engine, a project or a deployment says so", async () => {
    await estateJudge.write("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
    const without = await estateJudge.duplex(["drift", "-s", "prod"], { env: { PATH: estateJudge.folder } });
    expect(without.err).toContain("[DPX705]");
    expect((await run("--cwd", "..")).err).toContain("[DPX003]");
    await pulumi(await answered({ steps: [] }), [JSON.stringify({ version: 3, deployment: {} })]);
    expect((await run()).err).toContain("[DPX013]");
  });
});
