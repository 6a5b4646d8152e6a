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
const { buildPack } = require("../tools/build");
const { median, pair, time } = require("./lib");

const runs = Number(process.env.RUNS ?? 5);
const pack = path.join(root, "policies", "pulumi-analyzer-duplex");

/** Key by which the engine marks a secret in a state. */
const signature = "4dabf18193072939515e22adb298388d";

/** A plain JavaScript program that registers as many resources as a state holds, of the same types and inputs. */
function writeBareProgram(folder, resources) {
  const bare = resources
    .filter((resource) => !resource.type.startsWith("pulumi:"))
    .map((resource, index) => [resource.type, `r${index}`, resource.inputs ?? {}]);
  fs.writeFileSync(
    path.join(folder, "Pulumi.yaml"),
    "name: bare\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
  );
  fs.writeFileSync(path.join(folder, "package.json"), '{"name":"bare","main":"index.js"}\n');
  // An encrypted input cannot be handed over: any text does for a preview.
  const plain = (_, value) => (value && typeof value === "object" && signature in value ? "plain" : value);
  fs.writeFileSync(path.join(folder, "resources.json"), JSON.stringify(bare, plain));
  fs.symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  fs.writeFileSync(
    path.join(folder, "index.js"),
    [
      'const pulumi = require("@pulumi/pulumi");',
      'const sdk = { aws: require("@pulumi/aws"), kubernetes: require("@pulumi/kubernetes"), random: require("@pulumi/random") };',
      "const providers = {",
      '  aws: new sdk.aws.Provider("aws", { region: "ap-northeast-2" }),',
      '  kubernetes: new sdk.kubernetes.Provider("kubernetes", { context: "bare" }),',
      '  random: new sdk.random.Provider("random"),',
      "};",
      "// aws:ec2/vpc:Vpc is sdk.aws.ec2.Vpc, kubernetes:apps/v1:Deployment is sdk.kubernetes.apps.v1.Deployment.",
      "function classOf(type) {",
      '  const [provider, path, name] = type.split(":");',
      '  const [first, second] = path.split("/");',
      '  const group = first.split(".")[0];',
      '  const folder = first === "index" ? sdk[provider] : sdk[provider][group];',
      '  return (provider === "kubernetes" ? folder[second] : folder)[name];',
      "}",
      'for (const [type, name, inputs] of require("./resources.json")) {',
      '  const [provider] = type.split(":");',
      "  if (provider in providers) new (classOf(type))(name, inputs, { provider: providers[provider] });",
      "  else new pulumi.ComponentResource(type, name);",
      "}",
      "",
    ].join("\n"),
  );
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
  const seconds = [];
  for (let run = 0; run <= runs; run++) {
    const started = process.hrtime.bigint();
    const child = spawn(pack, ["127.0.0.1:1", "."], { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");
    seconds.push(Number(process.hrtime.bigint() - started) / 1e9);
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  // The first run fills the file system's cache.
  return median(seconds.slice(1));
}

main(async () => {
  ensureInstalled();
  const engine = await require("../tools/lib/engine").ensureEngine();
  await require("../tools/build").ensureBuilt();
  const { simulatedEnvironment } = require("../tools/lib/cloud");
  const { simulatedEngine } = require("../tools/lib/stack");
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "duplex-bench-"));
  try {
    const environment = simulatedEnvironment(engine, folder);
    const simulated = simulatedEngine(environment, folder);
    const options = { cwd: root, env: environment };
    const quiet = { stdio: ["ignore", "ignore", "inherit"] };
    simulated.capture(["stack", "init", "prod"]);
    say("Bringing the estate up …");
    const up = ["up", "-s", "prod", "--yes", "--skip-preview", "--policy-pack", pack];
    if ((await simulated.pulumi(up, quiet)) !== 0) throw new Error("The estate does not come up.");
    const state = path.join(folder, "prod.json");
    simulated.capture(["stack", "export", "-s", "prod", "--file", state]);
    const { resources } = JSON.parse(fs.readFileSync(state, "utf8")).deployment;

    const bare = path.join(folder, "bare");
    fs.mkdirSync(bare);
    const count = writeBareProgram(bare, resources);
    simulated.capture(["stack", "init", "bare", "-C", bare]);
    simulated.capture(["stack", "init", "empty"]);

    const settings = path.join(root, "Pulumi.prod.yaml");
    const shadow = path.join(folder, "Pulumi.empty.yaml");
    fs.copyFileSync(settings, shadow);
    const previewOurs = (...more) =>
      time("pulumi", ["preview", "-s", "empty", "--config-file", shadow, ...more], options);
    const previewBare = () => time("pulumi", ["preview", "-s", "bare", "-C", bare], options);

    say(`Preview of prod beside ${count} bare resources (${runs} pairs) …`);
    const preview = pair(previewOurs, previewBare, runs);
    say(`Preview with and without the policy pack (${runs} pairs) …`);
    const packed = pair(() => previewOurs("--policy-pack", pack), previewOurs, runs);
    const idle = await writeIdlePack(path.join(folder, "idle"));
    say(`Preview with a pack that does nothing (${runs} pairs) …`);
    const idled = pair(() => previewOurs("--policy-pack", idle), previewOurs, runs);
    say(`Judging prod's state (${runs} pairs) …`);
    const duplex = (...args) =>
      time(process.execPath, [path.join(dist, "duplex.js"), ...args], { ...options, exitCodes: [0, 2] });
    const check = pair(
      () => duplex("check", state),
      () => duplex("--version"),
      runs,
    );
    say("Starting the policy pack …");
    const start = await packStartSeconds();
    const seconds = (value) => `${value.toFixed(2)} s`;
    process.stdout.write(
      [
        `| measure (${resources.length} resources in prod, median of ${runs}, ${os.cpus().length} cores) | ours | beside | ratio |`,
        "| --- | --- | --- | --- |",
        `| \`pulumi preview\` of prod beside a plain JavaScript program of ${count} bare resources | ${seconds(preview.first)} | ${seconds(preview.second)} | ${preview.ratio.toFixed(2)} |`,
        `| \`pulumi preview\` of prod with beside without the policy pack (goal 1.15) | ${seconds(packed.first)} | ${seconds(packed.second)} | ${packed.ratio.toFixed(2)} |`,
        `| the same with a pack of one policy that does nothing | ${seconds(idled.first)} | ${seconds(idled.second)} | ${idled.ratio.toFixed(2)} |`,
        `| \`duplex check\` of prod's state beside \`duplex --version\` | ${seconds(check.first)} | ${seconds(check.second)} | ${check.ratio.toFixed(2)} |`,
        `| the policy pack, from its start until it listens (goal 1 s) | ${seconds(start)} | | |`,
        "",
      ].join("\n"),
    );
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
