import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { textOf, workflow } from "./support";

const files = ["ci/github/pull-request.yml", "action.yml"];
const { branch, fork, publish } = workflow.jobs;

test.each(files)("%s pins every action to a commit, and says which version it is", (file) => {
  const lines = textOf(file).split("\n");
  const uses = lines.filter((line) => /\buses:/.test(line));
  expect(uses.length).toBeGreaterThan(0);
  for (const line of uses)
    expect(line).toMatch(/uses: [\w./-]+@[0-9a-f]{40} # (v\d+\.\d+\.\d+|the commit that you have read)$/);
});

test("the workflow runs on pull_request, never with the base's rights on a fork's code", () => {
  expect(Object.keys(workflow.on)).toEqual(["pull_request"]);
});

test("a job has the rights that it names, and no others", () => {
  expect(workflow.permissions).toEqual({});
  expect(branch.permissions).toEqual({ contents: "read", "id-token": "write" });
  expect(fork.permissions).toEqual({ contents: "read" });
  expect(publish.permissions).toEqual({
    actions: "read",
    contents: "read",
    "pull-requests": "write",
    "security-events": "write",
  });
});

test("no part reads a stored secret", () => {
  for (const file of files) expect(textOf(file)).not.toMatch(/\bsecrets\b\s*[.[]|secrets: *inherit/);
});

describe("who is judged how", () => {
  /** The conditions' own words in place of GitHub's, evaluated as they stand. */
  const holds = (condition: string | undefined, head: string, login: string) => {
    const words = (condition ?? "")
      .replaceAll("github.event.pull_request.head.repo.full_name", JSON.stringify(head))
      .replaceAll("github.event.pull_request.user.login", JSON.stringify(login))
      .replaceAll("github.repository", '"team/stack"');
    const [left = "", operator = "", right = ""] = words.split(/ (&&|\|\|) /);
    const value = (comparison: string) => {
      const [, one, sign, other] = /^["'](.*)["'] (==|!=) ["'](.*)["']$/.exec(comparison) ?? [];
      if (sign === undefined) throw new Error(`not understood: ${comparison}`);
      return sign === "==" ? one === other : one !== other;
    };
    return operator === "&&" ? value(left) && value(right) : value(left) || value(right);
  };

  test.each([
    ["a branch of the repository", "team/stack", "someone", "branch"],
    ["a fork", "stranger/stack", "stranger", "fork"],
    ["Dependabot, whose token is a fork's", "team/stack", "dependabot[bot]", "fork"],
    ["Dependabot of a fork", "stranger/stack", "dependabot[bot]", "fork"],
  ])("%s", (_, head, login, job) => {
    expect({ branch: holds(branch.if, head, login), fork: holds(fork.if, head, login) }).toEqual({
      branch: job === "branch",
      fork: job === "fork",
    });
  });

  test("a fork gets no credentials and no engine, and none of its install scripts run", () => {
    const text = JSON.stringify(fork);
    expect(text).not.toMatch(/aws|pulumi|token|role/i);
    // Its own, and those of its base.
    expect(fork.steps.map(({ run }) => run).filter(Boolean)).toEqual(Array(2).fill("npm ci --ignore-scripts"));
  });

  test("each is judged beside what it starts from", () => {
    const judged = [branch, fork].map(({ steps }) => steps.find(({ uses }) => uses?.startsWith("OWNER/duplex@"))?.with);
    expect(judged).toMatchObject([
      { path: "preview.json", base: "before" },
      { path: ".", base: "duplex-base" },
    ]);
    const base = fork.steps.find((step) => step.with?.["path"] === "duplex-base");
    expect(base?.with?.["ref"]).toBe("${{ github.event.pull_request.base.sha }}");
  });

  test("what may write to the pull request runs none of its code", () => {
    expect(publish.needs).toBe("branch");
    expect(publish.steps.flatMap(({ run }) => run ?? [])).toEqual([]);
    expect(publish.steps.flatMap(({ uses }) => uses?.split("@")[0] ?? [])).toEqual([
      "actions/download-artifact",
      "github/codeql-action/upload-sarif",
      "actions/github-script",
    ]);
  });
});

test("checkouts leave no token behind, and every job ends", () => {
  for (const job of [branch, fork, publish]) {
    expect(job["timeout-minutes"]).toBeLessThanOrEqual(20);
    for (const step of job.steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"))) {
      expect(step.with).toMatchObject({ "persist-credentials": false });
    }
  }
});

test.each(files)("%s puts no expression into the text of a script", (file) => {
  const scripts: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if ((key === "run" || key === "script") && typeof inner === "string") scripts.push(inner);
      else collect(inner);
    }
  };
  collect(parse(textOf(file)));
  expect(scripts.length).toBeGreaterThan(0);
  for (const script of scripts) expect(script).not.toContain("${{");
});

describe("the template for GitLab", () => {
  interface GitlabJob {
    readonly rules: readonly { readonly if: string }[];
    readonly script: readonly string[];
    readonly id_tokens?: object;
    readonly variables?: Readonly<Record<string, string>>;
    readonly image?: string;
  }
  const jobs = parse(textOf("ci/gitlab/merge-request.yml")) as Readonly<Record<string, GitlabJob>>;

  test("runs on merge requests alone, and separates forks from the project's branches", () => {
    const same = "$CI_MERGE_REQUEST_SOURCE_PROJECT_PATH == $CI_MERGE_REQUEST_PROJECT_PATH";
    for (const name of ["duplex:branch", "duplex:fork", "duplex:comment"]) {
      const rules = jobs[name]?.rules ?? [];
      expect(rules).toHaveLength(1);
      expect(rules[0]?.if).toContain('$CI_PIPELINE_SOURCE == "merge_request_event"');
      expect(rules[0]?.if).toContain(name === "duplex:fork" ? same.replace("==", "!=") : same);
    }
  });

  test("gives a fork neither an identity nor an engine, and runs none of its install scripts", () => {
    const job = jobs["duplex:fork"];
    expect(job?.id_tokens).toBeUndefined();
    expect(job?.variables).toBeUndefined();
    expect(job?.script[0]).toBe("npm ci --ignore-scripts");
    expect(JSON.stringify(job)).not.toMatch(/aws|pulumi|token/i);
    expect(JSON.stringify(job).match(/npm ci(?! --ignore-scripts)/g)).toBeNull();
  });

  test("judges a branch beside what its preview starts from", () => {
    expect(jobs["duplex:branch"]?.script.at(-1)).toContain("check preview.json --base before ");
  });

  describe("judges a fork beside the commit that it starts from", () => {
    /** Runs the lines of the job around its base, with stand-ins for npm and the command line. */
    function run(url: string, commit: string): string {
      const script = jobs["duplex:fork"]?.script ?? [];
      const lines = script
        .slice(script.indexOf("git init --quiet /tmp/base"))
        .map((line) => line.replaceAll("/tmp/base", `${folder}/base`).replace(/node \S+duplex\.js (.*)/, "echo $1"));
      const all = ["set -eu", "npm() { :; }", ...lines].join("\n");
      const variables = { CI_MERGE_REQUEST_PROJECT_URL: url, CI_MERGE_REQUEST_DIFF_BASE_SHA: commit };
      const options = { encoding: "utf8", env: { ...process.env, ...variables, DUPLEX_STACK: "prod" } } as const;
      const { stdout, status } = spawnSync("sh", ["-c", all], options);
      expect(status).toBe(0);
      return stdout.replaceAll(folder, "FOLDER");
    }

    let folder: string;
    beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "duplex-gitlab-"))));
    afterEach(() => rmSync(folder, { recursive: true }));

    test("where it may be read", () => {
      const target = join(folder, "target.git");
      const git = (...args: readonly string[]) =>
        execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.net", "-C", target, ...args], {
          encoding: "utf8",
        });
      mkdirSync(target);
      git("init", "--quiet");
      writeFileSync(join(target, "Pulumi.yaml"), "name: p\n");
      git("add", ".");
      git("commit", "--quiet", "-m", "base");
      git("config", "uploadpack.allowAnySHA1InWant", "true");
      const said = run(join(folder, "target"), git("rev-parse", "HEAD").trim());
      expect(said).toMatch(/^check \. --base FOLDER\/base --stack prod /);
      expect(existsSync(join(folder, "base", "Pulumi.yaml"))).toBe(true);
    });

    test("else by everything", () => {
      const said = run(join(folder, "nowhere"), "0".repeat(40));
      expect(said).toMatch(/^The target project cannot be read; every finding counts\.\ncheck \. --stack prod /);
    });
  });

  test("comments without the merge request's code", () => {
    expect(jobs["duplex:comment"]?.variables).toEqual({ GIT_STRATEGY: "none" });
  });

  test("names images and versions exactly", () => {
    for (const [, image] of textOf("ci/gitlab/merge-request.yml").matchAll(/image: (\S+)/g)) {
      expect(image).toMatch(/^node:\d+\.\d+\.\d+-[a-z-]+$/);
    }
    expect(jobs["duplex:branch"]?.variables?.["PULUMI_VERSION"]).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
