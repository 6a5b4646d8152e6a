/** Runs the script that a GitLab template holds, against a stand-in for GitLab's API. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readAll } from "node:stream/consumers";
import { parse } from "yaml";
import { textOf } from "./support";

/** The token of the bot, without which the API refuses. */
const botToken = "bot's";

export interface Request {
  readonly method: string;
  readonly url: URL;
  /** The JSON that was sent; undefined where nothing was. */
  readonly body: unknown;
}

interface Script {
  readonly template: string;
  readonly job: string;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** True where the API takes no token. */
  readonly refuse: boolean;
}

/** @returns the exit code of the job's script, whose requests got these answers. */
export async function runGitlabScript(
  { template, job, folder, env, refuse }: Script,
  answer: (request: Request) => unknown,
): Promise<number> {
  const server = createServer((request, response) => {
    void requestOf(request).then((read) => {
      response.statusCode = refuse || request.headers["private-token"] !== botToken ? 403 : 200;
      response.end(JSON.stringify(answer(read)));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  const child = spawn("node", ["--input-type=module", "-e", scriptOf(template, job)], {
    cwd: folder,
    env: { PATH: process.env["PATH"], CI_API_V4_URL: url, CI_PROJECT_ID: "3", DUPLEX_BOT_TOKEN: botToken, ...env },
  });
  const [code] = (await once(child, "exit")) as [number];
  server.close();
  return code;
}

async function requestOf(request: IncomingMessage): Promise<Request> {
  const sent = await readAll(request);
  return {
    method: request.method ?? "GET",
    url: new URL(request.url ?? "", "http://gitlab"),
    body: sent === "" ? undefined : JSON.parse(sent),
  };
}

function scriptOf(template: string, job: string): string {
  const jobs = parse(textOf(template)) as Readonly<Record<string, { readonly script: readonly string[] }>>;
  const script = /<<'SCRIPT'\n(.*?)^SCRIPT$/ms.exec(jobs[job]?.script.join("\n") ?? "")?.[1];
  if (script === undefined) throw new Error(`${job} of ${template} holds no script`);
  return script;
}
