/** The pages of the project itself: what they link to is there, and the commands that they tell exist. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { scripts } from "../../package.json";

const root = join(__dirname, "..", "..");
const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "docs/architecture.md",
  "docs/estate.md",
  "docs/getting-started.md",
  ".github/pull_request_template.md",
];
const textOf = (page: string) => readFileSync(join(root, page), "utf8");

/** Anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): readonly string[] {
  return [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, "")
      .replaceAll(" ", "-"),
  );
}

test.each(pages)("%s links to what is there", (page) => {
  const links = [...textOf(page).matchAll(/\]\((?!https:)([^)#]*)(?:#([^)]*))?\)/g)];
  for (const [, file = "", anchor] of links) {
    const target = file === "" ? page : normalize(join(dirname(page), file));
    expect({ target, exists: existsSync(join(root, target)) }).toEqual({ target, exists: true });
    expect(anchor === undefined ? [anchor] : anchorsOf(target)).toContain(anchor);
  }
});

test.each(pages)("%s tells only of scripts that there are", (page) => {
  const told = [...textOf(page).matchAll(/\bnpm run (?:-s )?([\w:]+)/g)].map(([, name]) => name);
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(told));
});

test("CONTRIBUTING.md tells of every script that a person runs", () => {
  // npm itself runs these.
  const own = Object.keys(scripts).filter((name) => !["prepack", "prepare", "version"].includes(name));
  const text = textOf("CONTRIBUTING.md");
  const isTold = (name: string) =>
    [`npm ${name}`, `npm run ${name}`, `npm run -s ${name}`].some((one) => text.includes(one));
  expect(own.filter((name) => !isTold(name))).toEqual([]);
});

test("README.md leads to the pages of the project", () => {
  for (const page of ["docs/architecture.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"]) {
    expect(textOf("README.md")).toContain(`](${page})`);
  }
});
