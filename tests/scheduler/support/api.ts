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

/** An answer that is no success, with the API server's own words. */
export class ApiError extends Error {
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
      request.on("error", reject);
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

  /** Deletes one object, or a collection, at once; what is gone already is no mistake. */
  async remove(path: string): Promise<void> {
    const body = { gracePeriodSeconds: 0, propagationPolicy: "Background" };
    const { status, body: answer } = await this.ask("DELETE", path, { body });
    if (status >= 400 && status !== 404) throw new ApiError(status, `DELETE ${path}`, messageIn(answer));
  }

  /**
   * Follows a collection from now on, what is there first. The watch is taken up again when the server ends it.
   *
   * @returns a function that ends it
   */
  watch(path: string, onEvent: (event: ApiEvent) => void, onError: (error: Error) => void): () => void {
    let ended = false;
    let current: ReturnType<typeof https.request> | undefined;
    const agent = new https.Agent({ keepAlive: false, ca: this.certificate });
    const open = () => {
      const headers = { authorization: `Bearer ${this.token}`, accept: "application/json" };
      current = https.request(
        { host: "127.0.0.1", port: this.port, path: `${path}?watch=true`, headers, agent },
        (response) => {
          let rest = "";
          response.setEncoding("utf8");
          response.on("data", (part: string) => {
            const lines = (rest + part).split("\n");
            rest = lines.pop() ?? "";
            for (const line of lines) if (line !== "") onEvent(JSON.parse(line) as ApiEvent);
          });
          response.on("error", (error) => (ended ? undefined : onError(error)));
          response.on("end", () => (ended ? undefined : open()));
        },
      );
      current.on("error", (error) => (ended ? undefined : onError(error)));
      current.end();
    };
    open();
    return () => {
      ended = true;
      current?.destroy();
      agent.destroy();
    };
  }

  close(): void {
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
