/** The one issue that the scheduled pipelines keep: the scripts of both templates, run against stand-ins for the services. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import type { DriftVerdict } from "../../drift";
import { markerOf } from "../../report/writers/markdown";
import { runGitlabScript, type Request } from "./gitlab";
import { textOf, type Job } from "./support";

const body = `${markerOf("drift")}\n\n## Survival lost\n`;
const old = `${markerOf("drift")}\n\n## Drift\n`;
const title = "Drift: stack prod";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "duplex-issue-"));
  mkdirSync(join(folder, "duplex-drift"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What the job that reads has left. */
function found(verdict: DriftVerdict, changed: boolean) {
  writeFileSync(join(folder, "duplex-drift", "drift.json"), JSON.stringify({ verdict, changed }));
  writeFileSync(join(folder, "duplex-drift", "drift.md"), body);
}

/** An issue as both templates see it: its number, whether the job's account wrote it, its title and its text. */
interface Issue {
  readonly number: number;
  readonly own: boolean;
  readonly title: string;
  readonly body: string | null;
}
const own: Issue = { number: 5, own: true, title, body: old };
/** None of them is the job's: somebody wrote the marker; another stack's; no text; a title alone. */
const others: readonly Issue[] = [
  { ...own, number: 1, own: false },
  { ...own, number: 2, title: "Drift: stack test" },
  { ...own, number: 3, body: null },
  { ...own, number: 4, body: "See the drift." },
];

/** `<what> <number>`, and the text that was sent. */
type Write = readonly [what: string, text?: string];
type Publish = (issues: readonly Issue[]) => Promise<readonly Write[]>;

const github: Publish = async (issues) => {
  const writes: Write[] = [];
  interface Sent {
    readonly issue_number?: number;
    readonly body?: string;
    readonly state?: string;
    readonly title?: string;
  }
  const call = (what: string) => (sent: Sent) => {
    const verb = sent.state === "closed" ? "close" : what;
    writes.push([`${verb} ${sent.issue_number ?? sent.title ?? ""}`, sent.body]);
    return Promise.resolve();
  };
  const rest = { issues: { listForRepo: "list", createComment: call("say"), update: call("update"), create: call("open") } };
  const listed = issues.map(({ own: mine, ...issue }) => ({ ...issue, user: { login: mine ? "github-actions[bot]" : "someone" } }));
  const pull = { ...listed[0], number: 9, user: { login: "github-actions[bot]" }, title, body: old, pull_request: {} };
  const given = [
    { rest, paginate: () => Promise.resolve([pull, ...listed]) },
    { repo: { owner: "team", repo: "stack" } },
    (name: string) => (name === "node:fs" ? { readFileSync: (path: string) => readFileSync(join(folder, path), "utf8") } : undefined),
    { env: { STACK: "prod" } },
  ];
  const { jobs } = parse(textOf("ci/github/drift.yml")) as { readonly jobs: { readonly publish: Job } };
  const script = jobs.publish.steps.map((step) => step.with?.["script"]).find((text) => text !== undefined);
  // As actions/github-script runs it: the body of an asynchronous function.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const run = new Function("github", "context", "require", "process", `return (async () => {${String(script)}})();`) as (
    ...given: readonly unknown[]
  ) => Promise<void>;
  await run(...given);
  return writes;
}; // prettier-ignore

/** Runs the job's script against a server that answers in pages of a hundred. */
async function runGitlab(issues: readonly Issue[], refuse = false) {
  const writes: Write[] = [];
  const issueOf = ({ number, own: mine, title, body: description }: Issue) => ({ iid: number, author: mine ? 7 : 1, title, description });
  const answer = ({ method, url, body: sent }: Request) => {
    if (url.pathname === "/api/user") return { id: 7 };
    if (method === "GET") {
      const wanted = Number(url.searchParams.get("author_id"));
      const page = Number(url.searchParams.get("page"));
      return issues.map(issueOf).filter(({ author }) => author === wanted).slice((page - 1) * 100, page * 100);
    }
    const { body: said, description, state_event: event, title } = sent as Record<string, string | undefined>;
    const [, , , , , number = title, notes] = url.pathname.split("/");
    const verb = notes === "notes" ? "say" : event === "close" ? "close" : method === "PUT" ? "update" : "open";
    writes.push([`${verb} ${number ?? ""}`, said ?? description]);
    return {};
  };
  const job = { template: "ci/gitlab/drift.yml", job: "duplex:drift:issue", folder, env: { DUPLEX_STACK: "prod" }, refuse };
  return { code: await runGitlabScript(job, answer), writes };
} // prettier-ignore

const gitlab: Publish = async (issues) => {
  const { code, writes } = await runGitlab(issues);
  expect(code).toBe(0);
  return writes;
};

describe.each([
  ["GitHub", github],
  ["GitLab", gitlab],
])("on %s", (_, publish) => {
  test("drift opens an issue, whatever others have written", async () => {
    found("bearable", true);
    expect(await publish(others)).toEqual([[`open ${title}`, body]]);
  });

  test("drift that is there already renews the text, and notifies nobody", async () => {
    found("lost", false);
    expect(await publish([...others, own])).toEqual([["update 5", body]]);
  });

  test("a change is told, and whether survival is lost", async () => {
    found("lost", true);
    expect(await publish([own])).toEqual([
      ["update 5", body],
      ["say 5", "What has drifted has changed: survival is lost."],
    ]);
    found("bearable", true);
    expect((await publish([own])).at(-1)).toEqual(["say 5", "What has drifted has changed."]);
  });

  test("what is gone closes the issue, and is no cause for one", async () => {
    found("none", true);
    expect(await publish([...others, own])).toEqual([["say 5", "No drift is left."], ["close 5"]]);
    expect(await publish(others)).toEqual([]);
  });

  test("what could not be read leaves the issue as it is", async () => {
    found("unread", false);
    expect(await publish([own])).toEqual([]);
    expect(await publish([])).toEqual([]);
  });

  test("of two issues, one is kept", async () => {
    found("bearable", false);
    expect(await publish([own, { ...own, number: 6 }])).toEqual([["close 6"], ["update 5", body]]);
  });
});

describe("on GitLab", () => {
  test("an issue on a later page is found", async () => {
    found("lost", false);
    const many = Array.from({ length: 150 }, (_, number) => ({ ...own, number, title: "Another" }));
    expect(await gitlab([...many, { ...own, number: 500 }])).toEqual([["update 500", body]]);
  });

  test("a refused token fails the job", async () => {
    found("lost", true);
    expect((await runGitlab([], true)).code).not.toBe(0);
  });
});
