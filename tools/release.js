/**
 * What a release consists of besides its commit: `npm version minor` writes it, the workflow checks and reads it.
 *
 * - `node tools/release.js write` names the version of package.json wherever it stands (npm runs it for `npm version`);
 * - `node tools/release.js check v1.2.3` refuses a tag that the files do not bear out;
 * - `node tools/release.js notes v1.2.3` prints what the changelog says of it.
 */
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { release, sectionOf } = require("./lib/changelog");
const paths = require("./lib/paths");
const { main, say, ToolError } = require("./lib/say");

/** Files with a version of their own that is Duplex's. */
const manifests = ["package.json", "policies/package.json"];

/** The release of one checkout. */
function releaseOf(root) {
  const read = (file) => fs.readFileSync(path.join(root, file), "utf8");
  const versionIn = (file) => JSON.parse(read(file)).version;
  const { version } = JSON.parse(read("package.json"));

  /** Everything that does not agree with a tag, in sentences. */
  function mistakes(tag) {
    const wrong = [...manifests, "package-lock.json"]
      .filter((file) => `v${versionIn(file)}` !== tag)
      .map((file) => `${file} is of version ${versionIn(file)}, and the tag is ${tag}.`);
    if (!sectionOf(read("CHANGELOG.md"), tag.replace(/^v/, ""))) wrong.push(`CHANGELOG.md says nothing of ${tag}.`);
    return wrong;
  }

  return {
    version,
    mistakes,
    write(day) {
      const changelog = path.join(root, "CHANGELOG.md");
      fs.writeFileSync(changelog, release(read("CHANGELOG.md"), version, day));
      for (const file of manifests) {
        const text = read(file).replace(/"version": "[^"]+"/, `"version": "${version}"`);
        fs.writeFileSync(path.join(root, file), text);
      }
    },
    notes: (tag) => sectionOf(read("CHANGELOG.md"), tag.replace(/^v/, "")),
  };
}

/**
 * Runs one of the commands in a checkout, and gives what it prints.
 *
 * @param {readonly string[]} args
 * @param {string} root
 * @param {string} day YYYY-MM-DD
 * @returns {string}
 */
function runRelease(args, root, day) {
  const [command, tag] = args;
  const found = releaseOf(root);
  if (command === "write") {
    found.write(day);
    return "";
  }
  if (!["check", "notes"].includes(command) || !/^v\d+\.\d+\.\d+$/.test(tag ?? "")) {
    throw new ToolError(
      "Give `write`, or `check` or `notes` with a tag such as v1.2.3: node tools/release.js check v1.2.3",
    );
  }
  const mistakes = found.mistakes(tag);
  if (mistakes.length > 0)
    throw new ToolError([...mistakes, "Release with `npm version`, which sets all of them."].join("\n"));
  return command === "notes" ? `${found.notes(tag)}\n` : "";
}

module.exports = { runRelease };

if (require.main === module) {
  main(() => {
    const day = new Date().toISOString().slice(0, 10);
    process.stdout.write(runRelease(process.argv.slice(2), paths.root, day));
    if (process.argv[2] === "write") say("CHANGELOG.md and policies/package.json bear the new version.");
  });
}
