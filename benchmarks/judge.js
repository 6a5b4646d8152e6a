/**
 * `node benchmarks/judge.js`: judging a state of 100,000 resources beside reading and parsing the same file.
 * Each measure is a process of its own, taken in turn (A B A B …); memory is the peak of the process.
 */
"use strict";
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { spawnSync } = require("node:child_process");
const { median, printTable, seconds } = require("./lib");
const { writeState } = require("./syntheticState");
const { dist } = require("../tools/lib/paths");
const { main } = require("../tools/lib/say");

const runs = Number(process.env.RUNS ?? 5);
const small = Number(process.env.SMALL ?? 10_000);
const large = Number(process.env.LARGE ?? 100_000);

/** What a measured process runs; it writes its seconds and its peak memory in bytes. */
const bare = `
const started = process.hrtime.bigint();
const document = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
const seconds = Number(process.hrtime.bigint() - started) / 1e9;
if (!document.deployment) throw new Error("not a state");
console.log(JSON.stringify({ seconds, bytes: process.resourceUsage().maxRSS * 1024 }));
`;
const judged = `
const started = process.hrtime.bigint();
process.on("exit", () => {
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  console.log(JSON.stringify({ seconds, bytes: process.resourceUsage().maxRSS * 1024 }));
});
process.argv = [process.argv[0], "duplex", "check", process.argv[1], "--format", "json", "--output", "${os.devNull}"];
require(${JSON.stringify(path.join(dist, "duplex.js"))});
`;

function measure(script, file) {
  const result = spawnSync(process.execPath, ["-e", script, file], { encoding: "utf8", maxBuffer: 1 << 28 });
  const last = result.stdout.trim().split("\n").at(-1);
  if (!last?.startsWith("{")) throw new Error(`The measured process ended with ${result.status}: ${result.stderr}`);
  return JSON.parse(last);
}

function compare(file) {
  const pairs = [];
  for (let run = 0; run < runs; run++) pairs.push({ bare: measure(bare, file), judged: measure(judged, file) });
  const of = (pick) => median(pairs.map(pick));
  return {
    bareSeconds: of((pair) => pair.bare.seconds),
    judgedSeconds: of((pair) => pair.judged.seconds),
    timeRatio: of((pair) => pair.judged.seconds / pair.bare.seconds),
    bareBytes: of((pair) => pair.bare.bytes),
    judgedBytes: of((pair) => pair.judged.bytes),
    memoryRatio: of((pair) => pair.judged.bytes / pair.bare.bytes),
  };
}

const number = (value) => value.toLocaleString("en");
const mega = (value) => `${Math.round(value / 1e6)} MB`;

function cellsOf(row) {
  return [
    number(row.count),
    mega(row.bytes),
    seconds(row.bareSeconds),
    seconds(row.judgedSeconds),
    row.timeRatio.toFixed(2),
    mega(row.bareBytes),
    mega(row.judgedBytes),
    row.memoryRatio.toFixed(2),
  ];
}

main(async () => {
  await require("../tools/build").ensureBuilt();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "duplex-judge-"));
  try {
    const rows = [small, large].map((count) => {
      const file = path.join(folder, `${count}.json`);
      const bytes = writeState(file, count);
      return { count, bytes, ...compare(file) };
    });
    printTable(
      [
        `resources (median of ${runs}, ${os.cpus().length} cores)`,
        ...["file", "read and parse", "judge", "time ratio", "memory of parse", "memory of judge", "memory ratio"],
      ],
      rows.map(cellsOf),
    );
    const [first, last] = rows;
    const longer = (last.judgedSeconds / first.judgedSeconds).toFixed(1);
    process.stdout.write(`\n${number(small)} → ${number(large)}: the judgement takes ${longer} times as long.\n`);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
