/** The provider as a process: how it starts, what it prints, when it leaves. */
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { credentials } from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { familyOf } from "../../simulator/catalogue";
import { bundle, environment } from "./support/bundle";
import { call, temporaryFolder } from "./support/harness";

let folder: string;
let program: string;

beforeAll(() => {
  folder = temporaryFolder();
  program = bundle("simulator/main.ts", folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

function start(args: readonly string[], cloud: string | undefined = folder): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [program, ...args], { env: { ...environment, DUPLEX_SIMULATED_CLOUD: cloud } });
}

async function portOf(child: ChildProcessWithoutNullStreams): Promise<number> {
  const [chunk] = (await once(child.stdout, "data")) as [Buffer];
  return Number(chunk.toString().trim());
}

async function failureOf(child: ChildProcessWithoutNullStreams): Promise<{ code: number | null; text: string }> {
  let text = "";
  child.stderr.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, text };
}

test.each(["aws", "kubernetes", "random"] as const)(
  "%s prints its port, tells its version and leaves on Cancel",
  async (name) => {
    const child = start([name, "127.0.0.1:1"]);
    const client = new ResourceProviderClient(`127.0.0.1:${await portOf(child)}`, credentials.createInsecure());
    const info = await call<PluginInfo>((done) => client.getPluginInfo(new Empty(), done));
    expect(info.getVersion()).toBe(familyOf(name).version);
    const left = once(child, "exit");
    await call((done) => client.cancel(new Empty(), done));
    client.close();
    expect(await left).toEqual([0, null]);
  },
);

test("listens on the loopback device alone", async () => {
  const child = start(["random"]);
  const port = (await portOf(child)).toString(16).toUpperCase().padStart(4, "0");
  const sockets = ["tcp", "tcp6"].flatMap((file) => readFileSync(`/proc/net/${file}`, "utf8").split("\n"));
  const own = sockets.map((line) => line.trim().split(/\s+/)[1] ?? "").filter((local) => local.endsWith(`:${port}`));
  expect(own).toContain(`0100007F:${port}`);
  expect(own.filter((local) => /^0+:/.test(local))).toEqual([]);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

test("leaves when its parent is killed", async () => {
  // The grandchild holds the parent's standard output: the stream ends when both are gone.
  const script = `require("node:child_process").spawn(process.execPath, process.argv.slice(1), { stdio: "inherit" });`;
  const parent = spawn(process.execPath, ["-e", script, program, "random"], {
    env: { ...environment, DUPLEX_SIMULATED_CLOUD: folder },
  });
  expect(await portOf(parent)).toBeGreaterThan(0);
  const ended = once(parent.stdout, "end");
  parent.kill("SIGKILL");
  expect(await ended).toEqual([]);
});

test("without a folder for its store it refuses to start, in one line", async () => {
  const { code, text } = await failureOf(start(["aws"], ""));
  expect(code).toBe(1);
  expect(text).toMatch(/^DUPLEX_SIMULATED_CLOUD is not set: .*DPX500\]\n$/);
});

test("an unknown provider is refused, in one line", async () => {
  const { code, text } = await failureOf(start(["azure"]));
  expect(code).toBe(1);
  expect(text).toMatch(/^The provider must be one of aws, kubernetes, random, and is "azure"\. \[DPX517\]\n$/);
});
