/**
 * A control plane of Kubernetes of a test's own: etcd, API server, controller manager and scheduler, all on the loopback
 * interface, with everything that they write in a temporary folder. Nothing in it is a double; only the kubelets are the
 * harness's (docs/decisions/0005).
 */
import crypto from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { ensureControlPlane } from "../../../tools/lib/controlPlane";
import { Api } from "./api";
import { serveGatewayApi } from "./gatewayApi";
import { freePorts, startProcess, type Running } from "./processes";
import { waitFor } from "./wait";

/** Settings of the node life cycle controller that a test shortens; they are its real flags. */
export interface ControlPlaneSettings {
  /** Seconds without a sign of life after which a node is taken as unreachable. Kubernetes: 50. */
  readonly graceSeconds: number;
  /** Nodes of one zone that are tainted to be evicted per second. Kubernetes: 0.1. */
  readonly evictionsPerSecond: number;
}

export interface ControlPlane {
  readonly api: Api;
  readonly settings: ControlPlaneSettings;
  stop(): Promise<void>;
}

/** Long enough that no node is taken as silent because the machine is busy. */
const patient: ControlPlaneSettings = { graceSeconds: 600, evictionsPerSecond: 10 };

/** Starts a control plane and waits until its API server and its controllers answer. */
export async function startControlPlane(settings: ControlPlaneSettings = patient): Promise<ControlPlane> {
  const { folder: binaries } = await ensureControlPlane();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "duplex-control-plane-"));
  const running: Running[] = [];
  const stop = async () => {
    for (const one of [...running].reverse()) await one.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  try {
    const start = (name: string, args: readonly string[]) =>
      running.push(startProcess(path.join(binaries, name), args, folder));
    const [etcd = 0, etcdPeer = 0, server = 0, manager = 0, scheduler = 0] = await freePorts(5);
    const token = crypto.randomBytes(24).toString("hex");
    const files = writeFiles(folder, token, server);
    start("etcd", etcdArguments(etcd, etcdPeer));
    start("kube-apiserver", serverArguments(etcd, server, files));
    const certificate = await certificateOf(files.certificates, running);
    const api = new Api(server, token, certificate);
    await ready(api, running);
    start("kube-controller-manager", [...serving(manager, files), ...managerArguments(settings, files)]);
    start("kube-scheduler", [...serving(scheduler, files), `--config=${files.scheduler}`]);
    await controllersReady(api, running);
    await serveGatewayApi(api);
    return {
      api,
      settings,
      stop: async () => {
        api.close();
        await stop();
      },
    };
  } catch (error) {
    const words = running.map((one) => `--- ${one.name}\n${one.lastWords()}`).join("\n");
    await stop();
    throw new Error(`The control plane did not start: ${String(error)}\n${words}`, { cause: error });
  }
}

interface Files {
  readonly tokens: string;
  readonly key: string;
  readonly publicKey: string;
  readonly certificates: string;
  readonly kubeconfig: string;
  readonly scheduler: string;
}

/** Requests per second: those of a cluster of thousands of nodes, for what is measured is the controllers, not them. */
const client = { qps: 1000, burst: 2000 };

function writeFiles(folder: string, token: string, port: number): Files {
  const file = (name: string, text: string) => {
    const full = path.join(folder, name);
    fs.writeFileSync(full, text, { mode: 0o600 });
    return full;
  };
  const { privateKey, publicKey } = crypto.generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const certificates = path.join(folder, "certificates");
  fs.mkdirSync(certificates, { mode: 0o700 });
  const cluster = {
    server: `https://127.0.0.1:${port}`,
    "certificate-authority": path.join(certificates, "apiserver.crt"),
  };
  const kubeconfig = file(
    "kubeconfig.json",
    JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: "proof", cluster }],
      users: [{ name: "proof", user: { token } }],
      contexts: [{ name: "proof", context: { cluster: "proof", user: "proof" } }],
      "current-context": "proof",
    }),
  );
  return {
    tokens: file("tokens.csv", `${token},duplex-proof,1,system:masters\n`),
    key: file("service-accounts.key", privateKey),
    publicKey: file("service-accounts.pub", publicKey),
    certificates,
    kubeconfig,
    scheduler: file(
      "scheduler.json",
      JSON.stringify({
        apiVersion: "kubescheduler.config.k8s.io/v1",
        kind: "KubeSchedulerConfiguration",
        clientConnection: { kubeconfig, ...client },
        leaderElection: { leaderElect: false },
        // Tried again every second rather than after up to ten: what it decides stays the same.
        podInitialBackoffSeconds: 1,
        podMaxBackoffSeconds: 1,
      }),
    ),
  };
}

function etcdArguments(client: number, peer: number): readonly string[] {
  const [clientUrl, peerUrl] = [`http://127.0.0.1:${client}`, `http://127.0.0.1:${peer}`];
  return [
    "--name=proof",
    "--data-dir=etcd",
    `--listen-client-urls=${clientUrl}`,
    `--advertise-client-urls=${clientUrl}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
    `--initial-cluster=proof=${peerUrl}`,
    "--log-level=warn",
    // Nothing here has to outlive the machine; the disk would be most of the time of an apply.
    "--unsafe-no-fsync",
  ];
}

function serverArguments(etcd: number, port: number, files: Files): readonly string[] {
  return [
    `--etcd-servers=http://127.0.0.1:${etcd}`,
    "--bind-address=127.0.0.1",
    "--advertise-address=127.0.0.1",
    `--secure-port=${port}`,
    `--cert-dir=${files.certificates}`,
    `--token-auth-file=${files.tokens}`,
    "--authorization-mode=RBAC",
    "--service-account-issuer=https://kubernetes.default.svc",
    `--service-account-key-file=${files.publicKey}`,
    `--service-account-signing-key-file=${files.key}`,
    "--service-cluster-ip-range=10.96.0.0/16",
    // There is one client, and it is not unfair to itself.
    "--enable-priority-and-fairness=false",
    "--endpoint-reconciler-type=none",
    "--v=0",
  ];
}

function serving(port: number, files: Files): readonly string[] {
  return [
    `--authentication-kubeconfig=${files.kubeconfig}`,
    `--authorization-kubeconfig=${files.kubeconfig}`,
    "--bind-address=127.0.0.1",
    `--secure-port=${port}`,
    "--v=0",
  ];
}

function managerArguments({ graceSeconds, evictionsPerSecond }: ControlPlaneSettings, files: Files): readonly string[] {
  return [
    `--kubeconfig=${files.kubeconfig}`,
    "--leader-elect=false",
    `--kube-api-qps=${client.qps}`,
    `--kube-api-burst=${client.burst}`,
    `--node-monitor-grace-period=${graceSeconds}s`,
    "--node-monitor-period=500ms",
    `--node-eviction-rate=${evictionsPerSecond}`,
    `--service-account-private-key-file=${files.key}`,
    // Without a certificate authority there is nothing for it to publish.
    "--controllers=*,-root-ca-certificate-publisher-controller",
    "--concurrent-deployment-syncs=10",
    "--concurrent-replicaset-syncs=10",
  ];
}

/** The certificate that the API server makes for itself. */
function certificateOf(folder: string, running: readonly Running[]): Promise<Buffer> {
  const file = path.join(folder, "apiserver.crt");
  return waitFor("the API server's certificate", 60, () => {
    refuseEnded(running);
    return fs.existsSync(file) && fs.existsSync(path.join(folder, "apiserver.key")) && fs.readFileSync(file);
  });
}

async function ready(api: Api, running: readonly Running[]): Promise<void> {
  await waitFor("the API server", 90, async () => {
    refuseEnded(running);
    return (await api.ask("GET", "/readyz").catch(() => undefined))?.status === 200;
  });
}

/** The controllers run when one of them has made the account that every pod needs. */
async function controllersReady(api: Api, running: readonly Running[]): Promise<void> {
  await waitFor("the controllers", 60, async () => {
    refuseEnded(running);
    return (await api.ask("GET", "/api/v1/namespaces/default/serviceaccounts/default")).status === 200;
  });
}

function refuseEnded(running: readonly Running[]): void {
  const ended = running.find(({ process: { exitCode, signalCode } }) => exitCode !== null || signalCode !== null);
  if (ended) throw new Error(`${ended.name} has ended.`);
}
