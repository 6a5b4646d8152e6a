/** CHANGELOG.md as text: one section for each version, `Unreleased` on top. */
"use strict";

const heading = (version) => new RegExp(`^## ${version.replaceAll(".", "\\.")}(?: \\(\\d{4}-\\d{2}-\\d{2}\\))?$`, "m");

/**
 * What the section of a version says, without its heading; undefined where there is none.
 *
 * @param {string} text
 * @param {string} version `Unreleased`, or a version
 * @returns {string | undefined}
 */
function sectionOf(text, version) {
  const found = heading(version).exec(text);
  if (!found) return undefined;
  const rest = text.slice(found.index + found[0].length);
  const next = rest.search(/^## /m);
  return (next < 0 ? rest : rest.slice(0, next)).trim();
}

/**
 * The changelog with what was unreleased under a version, and nothing unreleased.
 *
 * @param {string} text
 * @param {string} version
 * @param {string} day YYYY-MM-DD
 * @returns {string}
 */
function release(text, version, day) {
  if (sectionOf(text, version) !== undefined) throw new Error(`The changelog has a section for ${version} already.`);
  if (!sectionOf(text, "Unreleased"))
    throw new Error("The changelog says of nothing unreleased: what would be released?");
  return text.replace(heading("Unreleased"), `## Unreleased\n\n## ${version} (${day})`);
}

module.exports = { release, sectionOf };
