/** JSON Schemas that others publish, as the package schemastore keeps them: what a file must be for their tools. */
import Ajv, { type ErrorObject } from "ajv";
import addFormats from "ajv-formats";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const folder = join(dirname(require.resolve("schemastore/package.json")), "schemas", "json");

const files = {
  sarif: "sarif-2.1.0.json",
  githubAction: "github-action.json",
  githubDependencyUpdates: "dependabot-2.0.json",
  githubIssueForm: "github-issue-forms.json",
  githubIssueFormList: "github-issue-config.json",
  gitlabPipeline: "gitlab.com/gitlab-org/gitlab/-/raw/master/app/assets/javascripts/editor/schema/ci.json",
  preCommitHooks: "pre-commit-hooks.json",
} as const;

/**
 * A function that says what is wrong with a value, as `<place> <reason>`; empty where nothing is.
 *
 * Compiled without Ajv's strict mode and without Unicode expressions, which find fault with the schemas themselves.
 */
export function faultsBy(name: keyof typeof files): (value: unknown) => readonly string[] {
  // Without the name of an older draft Ajv reads a schema as draft 7, which no word in these contradicts.
  const { $schema: _, ...schema } = JSON.parse(readFileSync(join(folder, files[name]), "utf8")) as { $schema?: string };
  const validate = addFormats(new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })).compile(schema);
  return (value) => (validate(value) ? [] : (validate.errors ?? []).map(describeError));
}

function describeError({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath || "/"} ${message ?? ""} ${JSON.stringify(params)}`;
}
