/** What the tools say on standard error, so that standard output holds nothing but the answer. */
"use strict";

const colours = process.stderr.isTTY && !process.env.NO_COLOR;
const dim = (text) => (colours ? `\u001b[2m${text}\u001b[22m` : text);
const bold = (text) => (colours ? `\u001b[1m${text}\u001b[22m` : text);

/** One line of progress. */
function say(text) {
  process.stderr.write(`${bold("duplex")} ${text}\n`);
}

/** A line that later ones may replace on a terminal; elsewhere printed at most every ten seconds. */
function progress() {
  let last = 0;
  let shown = false;
  return {
    update(text) {
      const now = Date.now();
      if (process.stderr.isTTY) {
        process.stderr.write(`\r\u001b[K${bold("duplex")} ${dim(text)}`);
        shown = true;
      } else if (now - last > 10_000) {
        say(text);
        last = now;
      }
    },
    end() {
      if (shown) process.stderr.write("\r\u001b[K");
    },
  };
}

/** A mistake or a gap on the user's side: shown as it is, without a stack trace. */
class ToolError extends Error {}

/** Runs a tool's main function; exit code 1 with the message for a ToolError, and with the stack for a bug of ours. */
function main(run) {
  Promise.resolve()
    .then(run)
    .then(
      (code) => {
        process.exitCode = code ?? 0;
      },
      (error) => {
        process.stderr.write(`${bold("duplex")} ${error instanceof ToolError ? error.message : error.stack}\n`);
        process.exitCode = 1;
      },
    );
}

module.exports = { say, progress, ToolError, main };
