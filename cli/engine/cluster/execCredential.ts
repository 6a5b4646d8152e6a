/**
 * Credentials that a command prints (Kubernetes documents, "client-go credential plugins"), as cloud vendors hand them
 * out.
 */
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { UserError } from "../../../model/errors";
import { isRecord } from "../../../lib/records";

export interface ExecCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly apiVersion: string;
  /** Context that asks, for messages. */
  readonly context: string;
  readonly file: string;
}

/** What such a command gives. */
export interface ExecCredential {
  readonly token?: string;
  readonly certificate?: string;
  readonly key?: string;
}

const versions: ReadonlySet<string> = new Set([
  "client.authentication.k8s.io/v1",
  "client.authentication.k8s.io/v1beta1",
]);

/** The command of a kubeconfig's user; undefined where it has none. */
export function execCommandOf(value: unknown, context: string, folder: string, file: string): ExecCommand | undefined {
  if (value === undefined || value === null) return undefined;
  const command = isRecord(value) ? value["command"] : undefined;
  const apiVersion = isRecord(value) ? value["apiVersion"] : undefined;
  if (!isRecord(value) || typeof command !== "string" || typeof apiVersion !== "string" || !versions.has(apiVersion)) {
    const message =
      `The \`exec\` of context "${context}" must name a command and an apiVersion out of: ` +
      `${[...versions].join(", ")}.`;
    throw new UserError([{ code: "DPX030", message, fix: "Write it anew with the vendor's command.", file }]);
  }
  const env = Array.isArray(value["env"]) ? (value["env"] as readonly unknown[]) : [];
  const args = Array.isArray(value["args"]) ? (value["args"] as readonly unknown[]) : [];
  return {
    // A path is relative to the kubeconfig; a bare name is looked for on PATH.
    command: /[\\/]/.test(command) ? resolve(folder, command) : command,
    args: args.map(String),
    env: Object.fromEntries(env.filter(isRecord).map(({ name, value: text }) => [String(name), String(text)])),
    ...{ apiVersion, context, file },
  };
}

/**
 * Runs the command.
 *
 * @throws UserError (DPX033) with what the command said
 */
export async function runExec(
  { command, args, env, apiVersion, context, file }: ExecCommand,
  inherited: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<ExecCredential> {
  const fail = (why: string): never => {
    const message = `The command ${command} gives no credential for context "${context}": ${why}`;
    throw new UserError([{ code: "DPX033", message, fix: "Run it by hand and log in anew.", file }]);
  };
  const info = JSON.stringify({ apiVersion, kind: "ExecCredential", spec: { interactive: false } });
  const child = spawn(command, args, {
    env: { ...inherited, ...env, KUBERNETES_EXEC_INFO: info },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => void (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => void (err = (err + text).slice(-500)));
  const code = await new Promise<number | string | null>((done) => {
    child.once("error", (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
    child.once("close", done);
  });
  if (code !== 0) fail(`it ended with ${code}. ${err.trim()}`.trim());
  const status = statusOf(out);
  if (status === undefined) return fail("it prints no ExecCredential with a status.");
  const text = (key: string) => (typeof status[key] === "string" && status[key] !== "" ? status[key] : undefined);
  const [token, certificate, key] = [text("token"), text("clientCertificateData"), text("clientKeyData")];
  return { ...(token ? { token } : {}), ...(certificate ? { certificate } : {}), ...(key ? { key } : {}) };
}

function statusOf(out: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const answer: unknown = JSON.parse(out);
    const status = isRecord(answer) ? answer["status"] : undefined;
    return isRecord(status) ? status : undefined;
  } catch {
    return undefined;
  }
}
