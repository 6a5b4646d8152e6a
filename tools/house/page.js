/** What docs/architecture.md says of folders and arrows, made of house.json, by which lint holds them. */
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { table } = require("../lib/markdown");
const { root } = require("../lib/paths");

/** Folders of the house that stand; others are named in house.json before they are built. */
function standing({ folders }, home) {
  const there = folders.filter(({ name }) => fs.existsSync(path.join(home, name)));
  const names = new Set(there.map(({ name }) => name));
  return there.map((folder) => ({ ...folder, imports: folder.imports.filter((name) => names.has(name)) }));
}

/**
 * Arrows that no chain of other arrows says already: a picture of all of them shows nothing.
 *
 * @returns {string[][]}
 */
function shortest(folders) {
  const importsOf = new Map(folders.map(({ name, imports }) => [name, imports]));
  const reaches = (from, to) => importsOf.get(from).some((next) => next === to || reaches(next, to));
  return folders.flatMap(({ name, imports }) =>
    imports.filter((to) => !imports.some((other) => other !== to && reaches(other, to))).map((to) => [name, to]),
  );
}

function picture(folders) {
  const alone = folders.map(({ name }) => `  ${name}\n`);
  const arrows = shortest(folders).map(([from, to]) => `  ${from} --> ${to}\n`);
  return `\`\`\`mermaid\nflowchart BT\n${[...alone, ...arrows].join("")}\`\`\`\n`;
}

const list = (names, none) => (names.length === 0 ? none : names.map((name) => `\`${name}\``).join(", "));

function folderTable(folders) {
  const rows = folders.map(({ name, holds, imports }) => [`\`${name}/\``, holds, list(imports, "nothing")]);
  return table(["Folder", "Holds", "May import"], rows);
}

function packageTable({ packages }, folders) {
  const names = new Set(folders.map(({ name }) => name));
  const rows = packages
    .map((each) => ({ ...each, folders: each.folders.filter((name) => names.has(name)) }))
    .map(({ packages: kept, folders: allowed, why }) => [list(kept), list(allowed, "no folder yet"), why]);
  return table(["Package", "Is imported by", "Why by no other"], rows);
}

/**
 * The page with its generated parts made anew; each stands between `<!-- NAME -->` and `<!-- end of NAME -->`.
 *
 * @param {string} page
 * @param {typeof import("./house.json")} house
 * @param {string} home where the folders are looked for
 * @returns {string}
 */
function renew(page, house, home = root) {
  const folders = standing(house, home);
  const parts = { picture: picture(folders), folders: folderTable(folders), packages: packageTable(house, folders) };
  return Object.entries(parts).reduce((text, [name, part]) => {
    const [before, rest] = text.split(`<!-- ${name} -->\n`);
    const after = rest?.split(`<!-- end of ${name} -->`)[1];
    if (after === undefined) throw new Error(`docs/architecture.md has no place for "${name}".`);
    return `${before}<!-- ${name} -->\n\n${part}\n<!-- end of ${name} -->${after}`;
  }, page);
}

module.exports = { renew, shortest };
