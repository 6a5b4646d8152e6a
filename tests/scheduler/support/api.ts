/** A client of the API server, as small as the harness needs it: lists, watches, applies, deletes, evicts. */
import https from "node:https";
import { pathOf, type KubernetesObject, type Place } from "./objects";

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface ApiEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  readonly object: KubernetesObject;
}

/** What follows a collection: all of it as it is now, in place of what was known; then each change. */
export interface Follow {
  readonly all: (objects: readonly KubernetesObject[]) => void;
  readonly change: (event: ApiEvent) => void;
}

interface Collection {
  readonly metadata: { readonly resourceVersion: string };
  readonly items?: readonly KubernetesObject[];
}

/** An answer that is no success, with the API server's own words. */
class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly request: string,
    readonly reason: string,
  ) {
    super(`${request}: ${status} ${reason}`);
  }
}

interface RequestOptions {
  readonly body?: unknown;
  readonly contentType?: string;
}

/** Who applies: the field manager that Pulumi's provider would be. */
const fieldManager = "duplex-proof";

export class Api {
  readonly #agent: https.Agent;
  #closed = false;

  constructor(
    private readonly port: number,
    private readonly token: string,
    private readonly certificate: Buffer,
  ) {
    this.#agent = new https.Agent({ keepAlive: true, maxSockets: 24, ca: certificate });
  }

  /** @throws ApiError for every status from 400 */
  async request(method: string, path: string, options: RequestOptions = {}): Promise<unknown> {
    const { status, body } = await this.ask(method, path, options);
    if (status >= 400) throw new ApiError(status, `${method} ${path}`, messageIn(body));
    return body;
  }

  /** The same with the status left to the caller. */
  ask(
    method: string,
    path: string,
    { body, contentType = "application/json" }: RequestOptions = {},
  ): Promise<ApiAnswer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${this.token}`,
      accept: "application/json",
      ...(text === undefined ? {} : { "content-type": contentType, "content-length": Buffer.byteLength(text) }),
    };
    return new Promise((resolve, reject) => {
      const request = https.request(
        { host: "127.0.0.1", port: this.port, method, path, headers, agent: this.#agent },
        (response) => {
          const parts: Buffer[] = [];
          response.on("data", (part: Buffer) => parts.push(part));
          response.on("error", reject);
          response.on("end", () => resolve({ status: response.statusCode ?? 0, body: parsed(Buffer.concat(parts)) }));
        },
      );
      // A connection that the server has closed meanwhile takes nothing along (Node's documentation of `reusedSocket`).
      request.on("error", (error: NodeJS.ErrnoException) => {
        if (request.reusedSocket && error.code === "ECONNRESET" && !this.#closed)
          resolve(this.ask(method, path, { body, contentType })); // prettier-ignore
        else reject(error);
      });
      request.end(text);
    });
  }

  async list(path: string): Promise<readonly KubernetesObject[]> {
    const { items } = (await this.request("GET", path)) as { items?: readonly KubernetesObject[] };
    return items ?? [];
  }

  /**
   * Server-side apply with strict validation: an unknown or doubled field is refused, as is a value that the schema or an
   * admission plugin does not take.
   */
  apply(object: KubernetesObject): Promise<unknown> {
    const path = `${pathOf(object)}?fieldManager=${fieldManager}&fieldValidation=Strict&force=true`;
    return this.request("PATCH", path, { body: object, contentType: "application/apply-patch+yaml" });
  }

  create(collection: string, object: KubernetesObject): Promise<unknown> {
    return this.request("POST", `${collection}?fieldValidation=Strict`, { body: object });
  }

  merge(path: string, body: object): Promise<ApiAnswer> {
    return this.ask("PATCH", path, { body, contentType: "application/merge-patch+json" });
  }

  /** Asks for the eviction of a pod: what a drain does. 201 where it may go, 429 where a disruption budget says no. */
  evict({ name, namespace }: Place): Promise<ApiAnswer> {
    return this.ask("POST", `/api/v1/namespaces/${namespace}/pods/${name}/eviction`, {
      body: { apiVersion: "policy/v1", kind: "Eviction", metadata: { name, namespace } },
    });
  }

  /**
   * Deletes one object, or a collection, at once; what is gone already is no mistake.
   *
   * @param uid of the one that is meant: another of the same name stays
   */
  async remove(path: string, uid?: string): Promise<void> {
    const preconditions = uid === undefined ? {} : { preconditions: { uid } };
    const body = { gracePeriodSeconds: 0, propagationPolicy: "Background", ...preconditions };
    const { status, body: answer } = await this.ask("DELETE", path, { body });
    const isAnother = uid !== undefined && status === 409;
    if (status >= 400 && status !== 404 && !isAnother) throw new ApiError(status, `DELETE ${path}`, messageIn(answer));
  }

  /**
   * Follows a collection as a client's reflector does: a list, then what changes from there on. A watch that the server
   * ends, as it does with one that reads too slowly, is taken up at the last version seen; where that is too old, by a new
   * list. So no change is missed, a deletion least of all.
   *
   * @returns a function that ends it
   */
  watch(path: string, follow: Follow, onError: (error: Error) => void): () => void {
    const agent = new https.Agent({ keepAlive: false, ca: this.certificate });
    let ended = false;
    let current: ReturnType<typeof https.request> | undefined;
    const headers = { authorization: `Bearer ${this.token}`, accept: "application/json" };
    const list = async () => {
      const answer = (await this.request("GET", path)) as Collection;
      if (!ended) follow.all(answer.items ?? []);
      return answer.metadata.resourceVersion;
    };
    /** Ends with the last version seen; undefined where it is too old. */
    const changesSince = (version: string) =>
      new Promise<string | undefined>((resolve, reject) => {
        let seen: string | undefined = version;
        const take = (line: string) => {
          const event = JSON.parse(line) as ApiEvent;
          seen = event.type === "ERROR" ? undefined : (event.object.metadata.resourceVersion ?? seen);
          if (event.type !== "ERROR" && event.type !== "BOOKMARK") follow.change(event);
        };
        const query = `watch=true&allowWatchBookmarks=true&resourceVersion=${version}`;
        current = https.request({ host: "127.0.0.1", port: this.port, path: `${path}?${query}`, headers, agent }, (response) => {
          if (response.statusCode !== 200) seen = undefined;
          let rest = "";
          response.setEncoding("utf8");
          response.on("data", (part: string) => {
            if (response.statusCode !== 200) return;
            const lines = (rest + part).split("\n");
            rest = lines.pop() ?? "";
            for (const line of lines) if (line !== "") take(line);
          });
          response.on("error", reject);
          response.on("end", () => resolve(seen));
        }); // prettier-ignore
        current.on("error", reject);
        current.end();
      });
    const run = async () => {
      let version: string | undefined;
      while (!ended) version = await changesSince(version ?? (await list()));
    };
    run().catch((error: unknown) => (ended ? undefined : onError(error as Error)));
    return () => {
      ended = true;
      current?.destroy();
      agent.destroy();
    };
  }

  close(): void {
    this.#closed = true;
    this.#agent.destroy();
  }
}

function parsed(body: Buffer): unknown {
  const text = body.toString("utf8");
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function messageIn(body: unknown): string {
  if (typeof body === "object" && body !== null && "message" in body) return String(body.message);
  return String(body);
}
