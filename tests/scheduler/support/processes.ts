/** Processes of the control plane: started with their output in a file, and ended by their own id. */
import { spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";

export interface Running {
  readonly name: string;
  readonly process: ChildProcess;
  /** The last of what it wrote, for messages. */
  lastWords(): string;
  stop(): Promise<void>;
}

/** Longest time that a process may take to end by itself, in milliseconds. */
const patience = 3000;

/** Starts one process, which does not outlive this one. */
export function startProcess(binary: string, args: readonly string[], folder: string): Running {
  const name = path.basename(binary);
  const log = path.join(folder, `${name}.log`);
  const descriptor = fs.openSync(log, "w");
  const child = spawn(binary, args, { cwd: folder, stdio: ["ignore", descriptor, descriptor] });
  fs.closeSync(descriptor);
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  let failure: Error | undefined;
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", (error) => {
      failure = error;
      resolve();
    });
  });
  return {
    name,
    process: child,
    lastWords: () => failure?.message ?? fs.readFileSync(log, "utf8").slice(-3000),
    async stop() {
      child.kill("SIGTERM");
      const timer = setTimeout(kill, patience);
      await ended;
      clearTimeout(timer);
      process.off("exit", kill);
    },
  };
}

/** Ports on the loopback interface that nobody listens on; held together, so that no two are the same. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => {
      const server = net.createServer();
      return new Promise<net.Server>((resolve, reject) => {
        server.once("error", reject);
        server.listen(0, "127.0.0.1", () => resolve(server));
      });
    }),
  );
  const ports = servers.map((server) => (server.address() as net.AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
