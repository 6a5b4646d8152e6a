/**
 * `npm run bench`: the figures of benchmarks/README.md, measured on a simulated cloud of their own.
 * Ratios are of pairs measured in one run; seconds are of this machine.
 */
"use strict";
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { spawn } = require("node:child_process");
const { once } = require("node:events");
const { ensureInstalled } = require("../tools/lib/install");
const { root, dist } = require("../tools/lib/paths");
const { main, say } = require("../tools/lib/say");
const { buildAlone, buildPack, ensureBuilt } = require("../tools/build");
const { median, pair, pairRow, printTable, seconds, time } = require("./lib");

const runs = Number(process.env.RUNS ?? 5);
const pack = path.join(root, "policies", "pulumi-analyzer-duplex");

/** Key by which the engine marks a secret in a state. */
const signature = "4dabf18193072939515e22adb298388d";

/** A project of plain JavaScript in a folder of its own, beside the packages of the checkout; gives its folder. */
function makeProject(parent, name) {
  const folder = path.join(parent, name);
  const runtime = "runtime:\n  name: nodejs\n  options:\n    typescript: false\n";
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, "Pulumi.yaml"), `name: ${name}\n${runtime}`);
  fs.writeFileSync(path.join(folder, "package.json"), `${JSON.stringify({ name, main: "index.js" })}\n`);
  fs.symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  return folder;
}

/** A plain JavaScript program that registers as many resources as a state holds, of the same types and inputs. */
function writeBareProgram(folder, resources) {
  const bare = resources
    .filter((resource) => !resource.type.startsWith("pulumi:"))
    .map((resource, index) => [resource.type, `r${index}`, resource.inputs ?? {}]);
  // An encrypted input cannot be handed over: any text does for a preview.
  const plain = (_, value) => (value && typeof value === "object" && signature in value ? "plain" : value);
  fs.writeFileSync(path.join(folder, "resources.json"), JSON.stringify(bare, plain));
  fs.copyFileSync(path.join(__dirname, "bareProgram.js"), path.join(folder, "index.js"));
  return bare.length;
}

/** A pack of one policy that looks at nothing: what the engine and the SDK take for any pack. */
async function writeIdlePack(folder) {
  const source = path.join(folder, "source.js");
  fs.mkdirSync(folder);
  fs.writeFileSync(
    source,
    `const { PolicyPack } = require(${JSON.stringify(require.resolve("@pulumi/policy"))});
const idle = { name: "idle", description: "Looks at nothing.", validateStack: () => undefined };
new PolicyPack("idle", { enforcementLevel: "advisory", policies: [idle] });
`,
  );
  await buildPack(source, path.join(folder, "index.js"));
  fs.writeFileSync(path.join(folder, "package.json"), '{"name":"idle","version":"0.1.0","main":"index.js"}\n');
  const executable = path.join(folder, "pulumi-analyzer-idle");
  fs.writeFileSync(executable, '#!/bin/sh\ncd -- "$(dirname -- "$0")"\nexec node index.js\n', { mode: 0o755 });
  return executable;
}

/** Seconds until the pack's process says at which port it listens, as it does to the engine. */
async function packStartSeconds() {
  const starts = [];
  for (let run = 0; run <= runs; run++) {
    const started = process.hrtime.bigint();
    const child = spawn(pack, ["127.0.0.1:1", "."], { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");
    starts.push(Number(process.hrtime.bigint() - started) / 1e9);
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  // The first run fills the file system's cache.
  return median(starts.slice(1));
}

/** Brings prod up in a simulated cloud of its own, and gives the file of its state. */
async function deploy(simulated, folder) {
  simulated.capture(["stack", "init", "prod"]);
  say("Bringing the estate up …");
  const up = ["up", "-s", "prod", "--yes", "--skip-preview", "--policy-pack", pack];
  const quiet = { stdio: ["ignore", "ignore", "inherit"] };
  if ((await simulated.pulumi(up, quiet)) !== 0) throw new Error("The estate does not come up.");
  const state = path.join(folder, "prod.json");
  simulated.capture(["stack", "export", "-s", "prod", "--file", state]);
  return state;
}

/** Previews of prod into an empty stack: as it is written, and built; and of as many bare resources. */
async function previewsOf(simulated, folder, resources, options) {
  const bare = makeProject(folder, "bare");
  const count = writeBareProgram(bare, resources);
  const built = makeProject(folder, "built");
  await buildAlone(path.join(root, "index.ts"), path.join(built, "index.js"));
  simulated.capture(["stack", "init", "bare", "-C", bare]);
  simulated.capture(["stack", "init", "empty", "-C", built]);
  simulated.capture(["stack", "init", "empty"]);
  const settings = path.join(folder, "Pulumi.empty.yaml");
  fs.copyFileSync(path.join(root, "Pulumi.prod.yaml"), settings);
  const preview = ["preview", "-s", "empty", "--config-file", settings];
  return {
    count,
    written: () => time("pulumi", preview, options),
    built: (...more) => time("pulumi", [...preview, "-C", built, ...more], options),
    bare: () => time("pulumi", ["preview", "-s", "bare", "-C", bare], options),
  };
}

async function previewRows(previews, folder) {
  const { bare, built, count, written } = previews;
  say(`Preview of prod beside ${count} bare resources (${runs} pairs) …`);
  const beside = `beside a plain JavaScript program of ${count} bare resources`;
  const rows = [pairRow(`\`pulumi preview\` of prod, built, ${beside}`, pair(built, bare, runs))];
  say(`Preview of prod's TypeScript beside the built program (${runs} pairs) …`);
  rows.push(pairRow("the same in TypeScript, beside it built", pair(written, built, runs)));
  say(`Preview with and without the policy pack (${runs} pairs) …`);
  const packed = pair(() => built("--policy-pack", pack), built, runs);
  rows.push(pairRow("`pulumi preview` of prod with beside without the policy pack (goal 1.15)", packed));
  const idle = await writeIdlePack(path.join(folder, "idle"));
  say(`Preview with a pack that does nothing (${runs} pairs) …`);
  const idled = pair(() => built("--policy-pack", idle), built, runs);
  return [...rows, pairRow("the same with a pack of one policy that does nothing", idled)];
}

function checkRow(state, options) {
  say(`Judging prod's state (${runs} pairs) …`);
  const duplex = (...args) =>
    time(process.execPath, [path.join(dist, "duplex.js"), ...args], { ...options, exitCodes: [0, 2] });
  const check = pair(
    () => duplex("check", state),
    () => duplex("--version"),
    runs,
  );
  return pairRow("`duplex check` of prod's state beside `duplex --version`", check);
}

main(async () => {
  ensureInstalled();
  const engine = await require("../tools/lib/engine").ensureEngine();
  await ensureBuilt();
  const { simulatedEnvironment } = require("../tools/lib/cloud");
  const { simulatedEngine } = require("../tools/lib/stack");
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "duplex-bench-"));
  try {
    const environment = simulatedEnvironment(engine, folder);
    const simulated = simulatedEngine(environment, folder);
    const options = { cwd: root, env: environment };
    const state = await deploy(simulated, folder);
    const { resources } = JSON.parse(fs.readFileSync(state, "utf8")).deployment;
    const previews = await previewsOf(simulated, folder, resources, options);
    const rows = [...(await previewRows(previews, folder)), checkRow(state, options)];
    say("Starting the policy pack …");
    rows.push([
      "the policy pack, from its start until it listens (goal 1 s)",
      seconds(await packStartSeconds()),
      "",
      "",
    ]);
    const measured = `median of ${runs}, ${os.cpus().length} cores`;
    printTable([`measure (${resources.length} resources in prod, ${measured})`, "ours", "beside", "ratio"], rows);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
