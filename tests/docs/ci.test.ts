import { existsSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { parse } from "yaml";
import { exitCodes } from "../../cli/outcome";
import { formatNames } from "../../report/writers";
import { markerOf } from "../../report/writers/markdown";

const docs = join(__dirname, "..", "..", "docs");
const textOf = (page: string) => readFileSync(join(docs, page), "utf8");

test("docs/ci.md tells every exit code and every format", () => {
  const page = textOf("ci.md");
  const codes = [...page.matchAll(/^\| (\d) +\|/gm)].map(([, code]) => Number(code));
  expect(codes).toEqual(Object.values(exitCodes).sort());
  for (const format of formatNames) expect(page).toContain(`\`${format}\``);
  expect(page).toContain(markerOf("check"));
});

test("docs/ci.md uses only inputs that the action has", () => {
  const { inputs } = parse(readFileSync(join(docs, "..", "action.yml"), "utf8")) as { inputs: object };
  const [, step = ""] = /```yaml\n(- uses:[\s\S]+?)```/.exec(textOf("ci.md")) ?? [];
  const [{ with: given }] = parse(step) as [{ with: object }];
  expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
});

test.each(["ci.md", "comparison.md", "errors.md", "settings.md"])("docs/%s links to what is there", (page) => {
  const links = [...textOf(page).matchAll(/\]\((?!https:)([^)#]*)(?:#([^)]*))?\)/g)];
  expect(links.length).toBeGreaterThan(0);
  for (const [, file = "", anchor] of links) {
    const target = file === "" ? page : normalize(file);
    expect({ target, exists: existsSync(join(docs, target)) }).toEqual({ target, exists: true });
    if (anchor === undefined) continue;
    const headings = [...textOf(target).matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N} -]/gu, "")
        .replaceAll(" ", "-"),
    );
    expect(headings).toContain(anchor);
  }
});
