/** Which versions of Node run Duplex: `engines` of package.json, read before any package is installed. */
"use strict";
const { engines } = require("../../package.json");

const numbers = (version) => version.split(".").map(Number);

function isBefore(one, other) {
  const place = one.findIndex((number, index) => number !== other[index]);
  return place >= 0 && one[place] < other[place];
}

/**
 * True where the range admits the version. A range is `^a.b.c` or `>=a.b.c`, or several of them parted by `||`.
 *
 * @param {string} version
 * @param {string} range
 */
function admits(version, range = engines.node) {
  return range.split("||").some((part) => {
    const [, operator, least] = /^\s*(\^|>=)(\d+\.\d+\.\d+)\s*$/.exec(part) ?? [];
    if (operator === undefined) throw new Error(`"${range}" is no range of versions that is understood here.`);
    const sameMajor = numbers(version)[0] === numbers(least)[0];
    return !isBefore(numbers(version), numbers(least)) && (operator === ">=" || sameMajor);
  });
}

/** The least version of each line, as a sentence has them: `20.19.0, 22.13.0 or 24.0.0`. */
function inWords(range = engines.node) {
  const versions = range.match(/\d+\.\d+\.\d+/g) ?? [];
  return [versions.slice(0, -1).join(", "), ...versions.slice(-1)].filter((words) => words !== "").join(" or ");
}

module.exports = { admits, inWords };
