/** Times whole commands in turn (A B A B …), so that a change in the machine's speed hits both alike. */
"use strict";
const { spawnSync } = require("node:child_process");
const { table } = require("../tools/lib/markdown");

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Seconds of one run; throws with the command's output where it ends with another code than expected. */
function time(command, args, options = {}) {
  const started = process.hrtime.bigint();
  const result = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 28, ...options });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const expected = options.exitCodes ?? [0];
  if (!expected.includes(result.status)) {
    throw new Error(`${command} ${args.join(" ")} ended with ${result.status}:\n${result.stdout}\n${result.stderr}`);
  }
  return seconds;
}

/** Median seconds of two measures, and the median of the ratios pair by pair. */
function pair(first, second, runs) {
  const a = [];
  const b = [];
  first();
  second();
  for (let run = 0; run < runs; run++) {
    a.push(first());
    b.push(second());
  }
  return { first: median(a), second: median(b), ratio: median(a.map((value, index) => value / b[index])) };
}

const seconds = (value) => `${value.toFixed(2)} s`;

/** A row of a table of pairs: what was measured, both medians and their ratio. */
function pairRow(what, { first, second, ratio }) {
  return [what, seconds(first), seconds(second), ratio.toFixed(2)];
}

/** Prints a table of Markdown, as README.md has it. */
function printTable(head, rows) {
  process.stdout.write(table(head, rows));
}

module.exports = { median, time, pair, seconds, pairRow, printTable };
