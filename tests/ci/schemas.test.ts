import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { faultsBy } from "../support/publishedSchemas";
import { describeActionlint, lint } from "./actionlint";
import { root, textOf } from "./support";

test.each([
  ["githubAction", "action.yml"],
  ["githubDependencyUpdates", ".github/dependabot.yml"],
  ["githubIssueForm", ".github/ISSUE_TEMPLATE/bug.yml"],
  ["githubIssueForm", ".github/ISSUE_TEMPLATE/idea.yml"],
  ["githubIssueForm", ".github/ISSUE_TEMPLATE/wrong-verdict.yml"],
  ["githubIssueFormList", ".github/ISSUE_TEMPLATE/config.yml"],
  ["preCommitHooks", ".pre-commit-hooks.yaml"],
] as const)("the schema of a %s accepts %s", (schema, file) => {
  expect(faultsBy(schema)(parse(textOf(file)))).toEqual([]);
});

test("GitLab's own schema accepts the template, but for id_tokens, which are younger than the stored copy", () => {
  const template = parse(textOf("ci/gitlab/merge-request.yml")) as Record<string, Record<string, unknown>>;
  const { id_tokens: tokens, ...branch } = template["duplex:branch"] ?? {};
  expect(tokens).toEqual({ AWS_ID_TOKEN: { aud: "sts.amazonaws.com" } });
  expect(faultsBy("gitlabPipeline")({ ...template, "duplex:branch": branch })).toEqual([]);
});

test.each(["ci/gitlab/drift.yml", "ci/gitlab/merge-request.yml"])(
  "%s gives the bot's token to one job, which checks nothing out, and unpacks no engine but by its checksum",
  (file) => {
    interface Job {
      readonly environment?: { readonly name: string; readonly action: string };
      readonly variables?: Readonly<Record<string, string>>;
      readonly before_script?: readonly string[];
      readonly script?: readonly string[];
    }
    const jobs = Object.values(parse(textOf(file)) as Readonly<Record<string, Job>>);
    const withToken = jobs.filter(({ environment }) => environment?.name === "duplex-bot");
    expect(withToken).toHaveLength(1);
    expect(withToken[0]?.variables).toEqual({ GIT_STRATEGY: "none" });
    expect(JSON.stringify(jobs.filter((job) => job !== withToken[0]))).not.toContain("BOT_TOKEN");
    const lines = jobs.flatMap(({ before_script: before = [], script = [] }) => [...before, ...script]);
    const fetched = lines.findIndex((line) => line.startsWith("curl "));
    expect(lines[fetched + 1]).toMatch(/^echo "\$PULUMI_SHA256 {2}\/tmp\/pulumi\.tar\.gz" \| sha256sum --check/);
    expect(lines[fetched + 2]).toMatch(/^tar /);
  },
);

test.each([
  ["githubAction", { name: "x", description: "x", runs: { using: "composite", steps: [{ run: "x" }] } }],
  ["githubDependencyUpdates", { version: 2, updates: [{ "package-ecosystem": "npm", directory: "/" }] }],
  ["githubIssueForm", { name: "x", description: "x", body: [{ type: "input", attributes: {} }] }],
  ["githubIssueFormList", { contact_links: [{ name: "x" }] }],
  ["gitlabPipeline", { judge: { script: ["x"], rulez: [] } }],
  ["preCommitHooks", [{ id: "x", name: "x", language: "nodejs", entry: "x" }]],
] as const)("the schema of a %s refuses a mistake", (schema, value) => {
  expect(faultsBy(schema)(value)).not.toEqual([]);
});

/** Workflows that run here, and those that users copy. */
const workflowFiles = [".github/workflows", "ci/github"].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".yml"))
    .map((name) => `${folder}/${name}`),
);

describe("actions of others", () => {
  const used = [...workflowFiles, "action.yml"].flatMap((file) =>
    textOf(file)
      .split("\n")
      .filter((line) => /^\s*(- )?uses:/.test(line))
      .map((line) => [file, line.trim().replace(/^- /, "")] as const),
  );
  // Users put their own repository and the commit that they have read in its place.
  const others = used.filter(([, line]) => !line.startsWith("uses: OWNER/duplex@"));

  test.each(others)("%s: %s is pinned to a commit, and says which version it is", (_, line) => {
    expect(line).toMatch(/^uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test("are of one commit wherever they are of one version, and of one version everywhere", () => {
    const commits = new Map<string, Set<string>>();
    for (const [, line] of others) {
      // Parts of a repository, such as cache/save, are of its commit.
      const [, name = "", commit = ""] = /^uses: ([\w-]+\/[\w-]+)\S*@(.+)$/.exec(line) ?? [];
      commits.set(name, (commits.get(name) ?? new Set()).add(commit));
    }
    expect(commits.size).toBeGreaterThan(5);
    expect([...commits].filter(([, found]) => found.size > 1)).toEqual([]);
  });
});

describeActionlint(() => {
  test.each(workflowFiles)("finds nothing in %s", (file) => {
    expect(lint(textOf(file))).toMatchObject({ status: 0, stdout: "", stderr: "" });
  });

  test("finds an output that no job has", () => {
    const broken = textOf("ci/github/pull-request.yml").replace("needs.branch.outputs.verdict", "needs.brunch.result");
    const { status, stdout } = lint(broken);
    expect(status).toBe(1);
    expect(stdout).toContain('property "brunch" is not defined');
  });
});
