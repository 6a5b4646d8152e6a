/** What publishes the comment: the scripts of both templates, run against stand-ins for the services. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { markerOf } from "../../report/writers/markdown";
import { runGitlabScript, type Request } from "./gitlab";
import { workflow } from "./support";

const body = `${markerOf("check")}\n## Refused\n`;
const old = `${markerOf("check")}\n## Survives\n`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "duplex-comment-"));
  mkdirSync(join(folder, "duplex-reports"));
  writeFileSync(join(folder, "duplex-reports", "comment.md"), body);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("GitHub", () => {
  interface Comment {
    readonly id: number;
    readonly user: { readonly login: string };
    readonly body: string;
  }
  const bot = { login: "github-actions[bot]" };

  async function publish(comments: readonly Comment[]) {
    const calls: [string, object][] = [];
    const record = (name: string) => (options: object) => Promise.resolve(calls.push([name, options]));
    const issues = { listComments: "list", updateComment: record("update"), createComment: record("create") };
    const github = { rest: { issues }, paginate: () => Promise.resolve(comments) };
    const context = { repo: { owner: "team", repo: "stack" }, issue: { number: 7 } };
    const script = String(workflow.jobs.publish.steps.at(-1)?.with?.["script"]);
    const files = { readFileSync: (path: string) => readFileSync(join(folder, path), "utf8") };
    const load = (name: string) => (name === "node:fs" ? files : undefined);
    // As actions/github-script runs it: the body of an asynchronous function.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const run = new Function("github", "context", "require", `return (async () => {${script}})();`) as (
      ...given: readonly unknown[]
    ) => Promise<void>;
    await run(github, context, load);
    return calls;
  }

  test("writes a first comment", async () => {
    const place = { owner: "team", repo: "stack", issue_number: 7 };
    expect(await publish([{ id: 1, user: bot, body: "Built." }])).toEqual([["create", { ...place, body }]]);
  });

  test("replaces its own, and not one in which somebody else wrote the marker", async () => {
    const stranger = { id: 1, user: { login: "stranger" }, body: old };
    const own = { id: 2, user: bot, body: old };
    expect(await publish([stranger, own])).toEqual([["update", { owner: "team", repo: "stack", comment_id: 2, body }]]);
  });
});

describe("GitLab", () => {
  interface Note {
    readonly id: number;
    readonly author: { readonly id: number };
    readonly body: string;
  }

  async function publish(notes: readonly Note[], refuse = false) {
    const writes: { method: string; url: string; body: unknown }[] = [];
    const answer = ({ method, url, body: sent }: Request) => {
      if (method !== "GET") {
        writes.push({ method, url: url.pathname, body: sent });
        return {};
      }
      if (url.pathname === "/api/user") return { id: 9 };
      const page = Number(url.searchParams.get("page"));
      return notes.slice((page - 1) * 100, page * 100);
    };
    const job = { template: "ci/gitlab/merge-request.yml", job: "duplex:comment", folder, refuse };
    return { code: await runGitlabScript({ ...job, env: { CI_MERGE_REQUEST_IID: "7" } }, answer), writes };
  }

  const others = Array.from({ length: 150 }, (_, id) => ({ id, author: { id: 1 }, body: old }));

  test("writes a first note", async () => {
    const writes = [{ method: "POST", url: "/api/projects/3/merge_requests/7/notes", body: { body } }];
    expect(await publish(others)).toEqual({ code: 0, writes });
  });

  test("replaces its own on a later page, and not one in which somebody else wrote the marker", async () => {
    const writes = [{ method: "PUT", url: "/api/projects/3/merge_requests/7/notes/500", body: { body } }];
    expect(await publish([...others, { id: 500, author: { id: 9 }, body: old }])).toEqual({ code: 0, writes });
  });

  test("fails where the token is refused", async () => {
    expect((await publish([], true)).code).not.toBe(0);
  });
});
