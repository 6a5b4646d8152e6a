import { parse } from "yaml";
import { faultsBy } from "../support/publishedSchemas";
import { describeActionlint, lint } from "./actionlint";
import { textOf } from "./support";

test.each([
  ["githubAction", "action.yml"],
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

test.each([
  ["githubAction", { name: "x", description: "x", runs: { using: "composite", steps: [{ run: "x" }] } }],
  ["gitlabPipeline", { judge: { script: ["x"], rulez: [] } }],
  ["preCommitHooks", [{ id: "x", name: "x", language: "nodejs", entry: "x" }]],
] as const)("the schema of a %s refuses a mistake", (schema, value) => {
  expect(faultsBy(schema)(value)).not.toEqual([]);
});

describeActionlint(() => {
  test.each(["ci/github/pull-request.yml", ".github/workflows/ci.yml", ".github/workflows/soak.yml"])(
    "finds nothing in %s",
    (file) => {
      expect(lint(textOf(file))).toMatchObject({ status: 0, stdout: "", stderr: "" });
    },
  );

  test("finds an output that no job has", () => {
    const broken = textOf("ci/github/pull-request.yml").replace("needs.branch.outputs.verdict", "needs.brunch.result");
    const { status, stdout } = lint(broken);
    expect(status).toBe(1);
    expect(stdout).toContain('property "brunch" is not defined');
  });
});
