/**
 * `node benchmarks/drift.js`: `duplex drift -s` beside the bare refresh of the same stack, and the comparison of two
 * exports beside reading and parsing both. Each measure is a process of its own, taken in turn (A B A B …).
 */
"use strict";
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const yaml = require("yaml");
const { pair, pairRow, printTable, time } = require("./lib");
const { writeState } = require("./syntheticState");
const { buildAlone, ensureBuilt } = require("../tools/build");
const { ensureInstalled } = require("../tools/lib/install");
const { dist, root } = require("../tools/lib/paths");
const { main, say } = require("../tools/lib/say");

const runs = Number(process.env.RUNS ?? 5);
const wanted = Number(process.env.RESOURCES ?? 1_000);
const large = Number(process.env.LARGE ?? 100_000);
const changed = Number(process.env.CHANGED ?? 1_000);
const shrunk = Number(process.env.SHRUNK ?? 5);

const bundle = path.join(dist, "duplex.js");
const number = (value) => value.toLocaleString("en");

/** About how many resources prod has, and one more copy of the service below adds: the table counts what there was. */
const inProd = 420;
const perService = 20;

/** The estate of prod with copies of one of its services, until it has about so many resources. */
function writeSettings(file) {
  const settings = yaml.parse(fs.readFileSync(path.join(root, "Pulumi.prod.yaml"), "utf8"));
  const { services } = settings.config["duplex:estate"];
  const gift = services.find(({ name }) => name === "gift");
  const copies = Math.max(0, Math.round((wanted - inProd) / perService));
  for (let copy = 1; copy <= copies; copy++) services.push({ ...gift, name: `gift-${copy}` });
  // The engine takes a day without quotes for a time.
  fs.writeFileSync(file, yaml.stringify(settings, { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" }));
}

async function engineRows(folder) {
  const engine = await require("../tools/lib/engine").ensureEngine();
  const { simulatedEnvironment } = require("../tools/lib/cloud");
  const { simulatedEngine } = require("../tools/lib/stack");
  const environment = simulatedEnvironment(engine, folder);
  const simulated = simulatedEngine(environment, folder);
  const settings = path.join(folder, "Pulumi.bench.yaml");
  writeSettings(settings);
  simulated.capture(["stack", "init", "bench"]);
  say("Bringing the estate up …");
  const up = ["up", "-s", "bench", "--yes", "--skip-preview", "--config-file", settings];
  const quiet = { stdio: ["ignore", "ignore", "inherit"] };
  if ((await simulated.pulumi(up, quiet)) !== 0) throw new Error("The estate does not come up.");
  const state = path.join(folder, "bench.json");
  simulated.capture(["stack", "export", "-s", "bench", "--file", state]);
  const { length } = JSON.parse(fs.readFileSync(state, "utf8")).deployment.resources;
  const options = { cwd: root, env: environment };
  const refreshing = ["refresh", "--preview-only", "--json", "--non-interactive", "--config-file", settings];
  const refresh = () => time("pulumi", [...refreshing, "-s", "bench"], options);
  const drifting = [bundle, "drift", "-s", "bench", "--sites", settings, "--format", "json"];
  const drift = (exitCodes) => () => time(process.execPath, drifting, { ...options, exitCodes });
  say(`Drift of ${length} resources beside the bare refresh (${runs} pairs) …`);
  const none = pair(drift([0]), refresh, runs);
  const { openCloud } = await simulatorControl(folder);
  const cloud = openCloud(environment.DUPLEX_SIMULATED_CLOUD);
  const one = cloud.list("kubernetes:apps/v1:Deployment").find(({ urn }) => urn.endsWith("::gift-chuncheon"));
  cloud.drift(one, { spec: { replicas: 1 } });
  await cloud.close();
  say(`The same with drift that is dangerous (${runs} pairs) …`);
  const lost = pair(drift([2, 3]), refresh, runs);
  return [
    [
      `\`duplex drift -s\` of ${number(length)} resources, none drifted, beside \`pulumi refresh --preview-only\``,
      none,
    ],
    ["the same with pods taken from one service", lost],
  ];
}

/** The simulated cloud's own control, built as everything else that runs here is. */
async function simulatorControl(folder) {
  const file = path.join(folder, "control.js");
  fs.symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  await buildAlone(path.join(root, "simulator", "control.ts"), file);
  return require(file);
}

const parseAll = `
for (const file of process.argv.slice(1)) JSON.parse(require("node:fs").readFileSync(file, "utf8"));
`;

function statesRows(folder) {
  const desired = path.join(folder, "desired.json");
  const actual = path.join(folder, "actual.json");
  writeState(desired, large);
  const parse = () => time(process.execPath, ["-e", parseAll, desired, actual]);
  const answer = ["--format", "json", "--output", os.devNull];
  const comparing = [bundle, "drift", "--state", desired, "--actual", actual, ...answer];
  const drift = (exitCodes) => () => time(process.execPath, comparing, { exitCodes });
  fs.copyFileSync(desired, actual);
  say(`Two states of ${large} resources that are alike (${runs} pairs) …`);
  const alike = pair(drift([0]), parse, runs);
  writeChanged(desired, actual);
  say(`The same with ${changed} changed tags (${runs} pairs) …`);
  const tagged = pair(drift([2]), parse, runs);
  writeShrunk(desired, actual);
  say(`The same with ${shrunk} groups of machines shrunk (${runs} pairs) …`);
  const fewer = pair(drift([3]), parse, runs);
  return [
    [`two exports of ${number(large)} resources, alike, beside reading and parsing both`, alike],
    [`the same with ${number(changed)} changed tags`, tagged],
    [`the same with ${number(shrunk)} groups of machines shrunk, which the model reads`, fewer],
  ];
}

/** The state with fewer machines in groups of services far from each other. */
function writeShrunk(from, to) {
  const document = JSON.parse(fs.readFileSync(from, "utf8"));
  const groups = document.deployment.resources.filter(({ type }) => type === "aws:autoscaling/group:Group");
  const step = Math.max(1, Math.floor(groups.length / (shrunk + 1)));
  for (let count = 1; count <= shrunk; count++) {
    const { inputs, outputs } = groups[count * step];
    for (const side of [inputs, outputs]) side.desiredCapacity = side.minSize = 2;
  }
  fs.writeFileSync(to, JSON.stringify(document, null, 4));
}

/** The state with one more tag on every so manieth resource, which no reader of the model reads. */
function writeChanged(from, to) {
  const document = JSON.parse(fs.readFileSync(from, "utf8"));
  const tagged = document.deployment.resources.filter(({ inputs }) => inputs?.tags !== undefined);
  const step = Math.max(1, Math.floor(tagged.length / changed));
  for (let at = 0, count = 0; at < tagged.length && count < changed; at += step, count++) {
    const resource = tagged[at];
    for (const side of [resource.inputs, resource.outputs]) side.tags = { ...side.tags, note: "by hand" };
  }
  fs.writeFileSync(to, JSON.stringify(document, null, 4));
}

main(async () => {
  ensureInstalled();
  await ensureBuilt();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "duplex-drift-bench-"));
  try {
    const only = process.argv[2];
    const rows = [
      ...(only === "states" ? [] : await engineRows(folder)),
      ...(only === "engine" ? [] : statesRows(folder)),
    ];
    const head = [`measure (median of ${runs}, ${os.cpus().length} cores)`, "ours", "beside", "ratio"];
    printTable(
      head,
      rows.map(([what, measured]) => pairRow(what, measured)),
    );
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
