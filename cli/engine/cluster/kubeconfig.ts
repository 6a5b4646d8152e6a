/**
 * A kubeconfig: which server, whom to trust, and how to say who asks (Kubernetes documents, "Organizing Cluster Access
 * Using kubeconfig Files"). Only what is needed to read lists.
 */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { UserError } from "../../../model/errors";
import { readFileText } from "../../input/readText";
import { parseYaml } from "../../input/yaml";
import type { Io } from "../../io";
import { execCommandOf, type ExecCommand } from "./execCredential";
import { isRecord } from "../../../lib/records";

/** One context, ready to be asked. */
export interface Connection {
  /** Name of the context: what a site's `clusterContext` names. */
  readonly context: string;
  readonly server: URL;
  readonly tls: {
    /** PEM. @default the certificates that the system trusts */
    readonly ca?: string;
    /** Name in the server's certificate. @default the host of `server` */
    readonly serverName?: string;
    /** True where the certificate is not checked. @default false */
    readonly insecure?: boolean;
  };
  readonly credential: Credential;
}

/** How a request says who asks; several may be given, as kubectl sends them. */
export interface Credential {
  readonly token?: string;
  /** PEM. */
  readonly certificate?: string;
  /** PEM. */
  readonly key?: string;
  /** A command that prints the credential. */
  readonly exec?: ExecCommand;
}

type Entry = Readonly<Record<string, unknown>>;

/** What to do where this client cannot get in and kubectl can. */
export const useKubectl =
  "Let kubectl read it: `kubectl get nodes,deploy,sts,ds,svc,pdb,hpa,ing,pvc,sc,pc -A -o json | duplex check -`.";

/**
 * Reads the contexts of a kubeconfig.
 *
 * @param wanted names of contexts. @default the current one
 * @throws UserError (DPX030 where the file is at fault, DPX033 where a way of logging in is not supported)
 */
export async function readKubeconfig(file: string, wanted: readonly string[], io: Io): Promise<readonly Connection[]> {
  const config = parseYaml(await readFileText(file, io), file);
  const fail = (message: string, fix: string, code = "DPX030"): never => {
    throw new UserError([{ code, message, fix, file }]);
  };
  if (!isRecord(config)) return fail("This is no kubeconfig.", "Give the file that `kubectl --kubeconfig` takes.");
  const contexts = entriesOf(config, "contexts", "context");
  const current = config["current-context"];
  const names = wanted.length > 0 ? wanted : typeof current === "string" && current !== "" ? [current] : [];
  const known = [...contexts.keys()].sort().join(", ") || "none";
  if (names.length === 0) return fail("It has no current context.", `Choose with \`--context\` one of: ${known}.`);
  const folder = dirname(resolve(io.cwd, file));
  return [...new Set(names)].map((name) => {
    const context = contexts.get(name) ?? fail(`It has no context "${name}".`, `Choose one of: ${known}.`);
    const cluster = entriesOf(config, "clusters", "cluster").get(textOf(context, "cluster") ?? "");
    const user = entriesOf(config, "users", "user").get(textOf(context, "user") ?? "") ?? {};
    const server = (cluster && textOf(cluster, "server")) ?? "";
    if (!cluster || !URL.canParse(server) || !/^https?:/.test(server)) {
      return fail(
        `The context "${name}" leads to no server.`,
        "Give its cluster a `server`, such as https://host:6443.",
      );
    }
    if (textOf(cluster, "proxy-url") !== undefined)
      return fail(`The context "${name}" asks for a proxy.`, useKubectl, "DPX033");
    const read = reader(folder, file);
    return {
      context: name,
      server: new URL(server),
      tls: defined({
        ca: read(cluster, "certificate-authority"),
        serverName: textOf(cluster, "tls-server-name"),
        insecure: cluster["insecure-skip-tls-verify"] === true ? true : undefined,
      }),
      credential: credentialOf(user, name, folder, file, read),
    };
  });
}

function credentialOf(user: Entry, name: string, folder: string, file: string, read: Read): Credential {
  const unsupported = ["auth-provider", "username"].find((key) => user[key] !== undefined);
  if (unsupported !== undefined) {
    throw new UserError([
      {
        code: "DPX033",
        message: `The user of context "${name}" logs in by \`${unsupported}\`, which Kubernetes itself has given up.`,
        fix: "Use a token, a certificate or an `exec` plugin.",
        file,
      },
    ]);
  }
  return defined({
    // A token in a file is renewed there; Kubernetes prefers it to the one beside it.
    token: fileOf(user, "tokenFile", folder, file)?.trim() ?? textOf(user, "token"),
    certificate: read(user, "client-certificate"),
    key: read(user, "client-key"),
    exec: execCommandOf(user["exec"], name, folder, file),
  });
}

type Read = (entry: Entry, key: string) => string | undefined;

/** PEM as it stands in `<key>-data`, in base64, or in the file that `<key>` names; the first wins. */
function reader(folder: string, file: string): Read {
  return (entry, key) => {
    const data = textOf(entry, `${key}-data`);
    return data === undefined ? fileOf(entry, key, folder, file) : Buffer.from(data, "base64").toString("utf8");
  };
}

/** The text of a file that an entry names, relative to the kubeconfig's folder. */
function fileOf(entry: Entry, key: string, folder: string, file: string): string | undefined {
  const path = textOf(entry, key);
  if (path === undefined) return undefined;
  try {
    return readFileSync(resolve(folder, path), "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const message = `The file of \`${key}\`, ${path}, cannot be read (${code}).`;
    throw new UserError([{ code: "DPX030", message, fix: "Correct the path.", file }]);
  }
}

/** Named entries of a list: `[{ name, context: { ... } }]`. */
function entriesOf(config: Entry, list: string, key: string): ReadonlyMap<string, Entry> {
  const entries = Array.isArray(config[list]) ? (config[list] as readonly unknown[]) : [];
  return new Map(
    entries.flatMap((entry): readonly (readonly [string, Entry])[] => {
      const value = isRecord(entry) ? entry[key] : undefined;
      return isRecord(entry) && typeof entry["name"] === "string" && isRecord(value) ? [[entry["name"], value]] : [];
    }),
  );
}

function textOf(entry: Entry, key: string): string | undefined {
  const value = entry[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}
