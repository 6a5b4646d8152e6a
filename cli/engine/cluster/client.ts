/** Asks a cluster's API for lists. Nothing here can send anything but GET. */
import * as http from "node:http";
import * as https from "node:https";
import { jsonOf } from "../../../inventory/sources/json";
import { UserError } from "../../../model/errors";
import { runExec, type ExecCredential } from "./execCredential";
import { useKubectl, type Connection } from "./kubeconfig";
import { isRecord } from "../../../lib/records";

export type KubernetesObject = Readonly<Record<string, unknown>>;

export interface ClusterClient {
  /**
   * Every object of a list, page by page.
   *
   * @param path such as `/apis/apps/v1/deployments`
   * @returns undefined where the cluster does not serve the path
   * @throws UserError (DPX031 where it does not answer, DPX032 where it refuses, DPX034 where its answer is no list)
   */
  list(path: string): Promise<readonly KubernetesObject[] | undefined>;
  /** Closes what is open. */
  close(): void;
}

export interface ClientOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends every request that is under way. */
  readonly signal: AbortSignal;
}

/** Objects in one answer, as kubectl asks for them. */
const pageSize = 500;

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** A client for one context; runs its credential's command, where it has one. */
export async function openCluster(connection: Connection, { env, signal }: ClientOptions): Promise<ClusterClient> {
  const { credential, context } = connection;
  const given = credential.exec === undefined ? credential : await runExec(credential.exec, env, signal);
  const agent = agentFor(connection, given);
  const ask = (path: string): Promise<Answer> =>
    get(
      new URL(`${connection.server.pathname.replace(/\/$/, "")}${path}`, connection.server),
      given.token,
      agent,
      signal,
      context,
    );

  async function list(path: string): Promise<readonly KubernetesObject[] | undefined> {
    const objects: KubernetesObject[] = [];
    for (let next = ""; ;) {
      const answer = await ask(
        `${path}?limit=${pageSize}${next === "" ? "" : `&continue=${encodeURIComponent(next)}`}`,
      );
      if (answer.status === 404) return undefined;
      // The rest of a list is kept for some minutes only; then the whole has to be asked for anew.
      const expired = answer.status === 410 && next !== "";
      const page = pageOf(expired ? await ask(path) : answer, path, context);
      if (expired) return page.items;
      objects.push(...page.items);
      if (page.next === "") return objects;
      next = page.next;
    }
  }
  return { list, close: () => agent.destroy() };
}

function agentFor({ server, tls, credential }: Connection, given: ExecCredential): http.Agent {
  if (server.protocol === "http:") return new http.Agent({ keepAlive: true });
  return new https.Agent({
    keepAlive: true,
    ca: tls.ca,
    cert: given.certificate ?? credential.certificate,
    key: given.key ?? credential.key,
    servername: tls.serverName,
    rejectUnauthorized: tls.insecure !== true,
  });
}

function get(
  url: URL,
  token: string | undefined,
  agent: http.Agent,
  signal: AbortSignal,
  context: string,
): Promise<Answer> {
  const headers = { accept: "application/json", ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
  const protocol = url.protocol === "http:" ? http : https;
  return new Promise<Answer>((done, refuse) => {
    const failed = (error: NodeJS.ErrnoException): void => refuse(unreachable(error, url, context));
    const request = protocol.request(url, { method: "GET", agent, headers, signal }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => void parts.push(part));
      response.on("error", failed);
      response.on("end", () => done({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString("utf8") }));
    });
    request.on("error", failed);
    request.end();
  });
}

function unreachable(error: NodeJS.ErrnoException, url: URL, context: string): UserError {
  const timedOut = error.name === "AbortError" || error.name === "TimeoutError";
  const why = timedOut ? "no answer in time" : (error.code ?? error.message);
  const message = `The cluster of context "${context}" at ${url.origin} cannot be read (${why}).`;
  const fix = timedOut
    ? "Give it longer with `--timeout SECONDS`."
    : "Correct the server and whom to trust in the kubeconfig.";
  return new UserError([{ code: "DPX031", message, fix }]);
}

interface Page {
  readonly items: readonly KubernetesObject[];
  /** Where the next page begins; empty after the last. */
  readonly next: string;
}

function pageOf({ status, text }: Answer, path: string, context: string): Page {
  if (status === 401 || status === 403) {
    const who = status === 401 ? "does not know who asks" : `does not let you list ${path}`;
    const fix =
      status === 401 ? "Log in anew." : "Apply ci/kubernetes/duplex-reader.yaml, and bind its role to yourself.";
    throw new UserError([{ code: "DPX032", message: `The cluster of context "${context}" ${who}.`, fix }]);
  }
  const body = status === 200 ? jsonOf(text) : undefined;
  const [items, metadata] = isRecord(body) ? [body["items"], body["metadata"]] : [];
  // A list of nothing may come as null.
  if (!isRecord(body) || !(Array.isArray(items) || items === null)) {
    const message = `The cluster of context "${context}" answers ${path} with ${status} and no list.`;
    throw new UserError([{ code: "DPX034", message, fix: useKubectl }]);
  }
  const next = isRecord(metadata) ? metadata["continue"] : undefined;
  const { apiVersion, kind } = body;
  const own = typeof kind === "string" ? { apiVersion, kind: kind.replace(/List$/, "") } : {};
  // Objects of a list leave out what the list has said for all of them.
  const objects = (items ?? []) as readonly unknown[];
  return {
    items: objects.filter(isRecord).map((item) => ({ ...own, ...item })),
    next: typeof next === "string" ? next : "",
  };
}
