/** A cluster's API on the loopback interface: lists objects page by page, and takes nothing but GET. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface FakeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

export interface FakeClusterOptions {
  /** Bearer token that is asked for. @default anyone may read */
  readonly token?: string;
  /** Path suffixes that are answered so. */
  readonly answers?: Readonly<Record<string, { readonly status: number; readonly body?: unknown }>>;
  /** Objects in one answer at most, whatever is asked for. @default 500 */
  readonly pageSize?: number;
  /** True where the rest of a list is forgotten after its first page, as after minutes. @default false */
  readonly forgets?: boolean;
}

/** Groups that a cluster without additions does not serve. */
const notServed = /^\/apis\/gateway\.networking\.k8s\.io\//;

export class FakeCluster {
  /** `GET /api/v1/nodes?limit=500`, in the order of arrival. */
  readonly requests: string[] = [];
  readonly #server: Server;

  constructor(objects: readonly FakeObject[], options: FakeClusterOptions = {}) {
    this.#server = createServer((request, response) => this.#answer(objects, options, request, response));
  }

  async start(): Promise<string> {
    await new Promise<void>((done) => void this.#server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((done) => void this.#server.close(() => done()));
  }

  #answer(
    objects: readonly FakeObject[],
    options: FakeClusterOptions,
    request: IncomingMessage,
    response: ServerResponse,
  ) {
    const url = new URL(request.url ?? "/", "http://cluster");
    this.requests.push(`${request.method} ${request.url}`);
    const send = (status: number, body: unknown) =>
      void response.writeHead(status, { "content-type": "application/json" }).end(typeof body === "string" ? body : JSON.stringify(body)); // prettier-ignore
    if (request.method !== "GET") return send(405, { kind: "Status", reason: "MethodNotAllowed" });
    if (options.token !== undefined && request.headers.authorization !== `Bearer ${options.token}`) return send(401, { kind: "Status" }); // prettier-ignore
    const special = Object.entries(options.answers ?? {}).find(([suffix]) => url.pathname.endsWith(suffix))?.[1];
    if (special) return send(special.status, special.body ?? { kind: "Status" });
    const [, group, version, plural] = /^\/(?:api|apis\/([^/]+))\/([^/]+)\/([a-z]+)$/.exec(url.pathname) ?? [];
    if (plural === undefined || notServed.test(url.pathname)) return send(404, { kind: "Status", reason: "NotFound" });
    const apiVersion = group === undefined ? version : `${group}/${version}`;
    const found = objects.filter((one) => one.apiVersion === apiVersion && pluralOf(one.kind) === plural);
    const from = Number(url.searchParams.get("continue") ?? 0);
    if (from > 0 && options.forgets === true) return send(410, { kind: "Status", reason: "Expired" });
    const limit = url.searchParams.has("limit") ? Math.min(Number(url.searchParams.get("limit")), options.pageSize ?? 500) : found.length; // prettier-ignore
    const page = found.slice(from, from + limit);
    const rest = from + limit < found.length ? { continue: String(from + limit) } : {};
    // As the real one, the objects of a list leave out what the list says of all of them.
    const items = page.map(({ apiVersion: _, kind: __, ...item }) => item);
    return send(200, {
      apiVersion,
      kind: `${kindOf(plural, found)}List`,
      metadata: { resourceVersion: "1", ...rest },
      items,
    });
  }
}

function pluralOf(kind: string): string {
  const lower = kind.toLowerCase();
  return lower.endsWith("s") ? `${lower}es` : lower.endsWith("y") ? `${lower.slice(0, -1)}ies` : `${lower}s`;
}

function kindOf(plural: string, found: readonly FakeObject[]): string {
  return found[0]?.kind ?? plural;
}
