import { readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue } from "../../policies/catalogue";

const text = readFileSync(join(__dirname, "..", "..", "docs", "comparison.md"), "utf8");
const names = new Set(catalogue.map(({ name }) => name));
const sections = text.split(/^## /m).slice(2);

test("names no policy that the catalogue does not hold", () => {
  const links = [...text.matchAll(/\[([^\]]+)\]\(policies\/([^)]+)\.md\)/g)];
  expect(links.length).toBeGreaterThan(100);
  for (const [, label, page] of links) {
    expect(label).toBe(page);
    expect(names).toContain(page);
  }
});

test.each(["AWS Config", "awsguard", "Prowler", "Checkov", "kube-score", "Polaris", "Kyverno"])(
  "%s has its source, with a commit or version",
  (tool) => {
    const section = sections.find((candidate) => candidate.startsWith(tool)) ?? "";
    expect(section).toMatch(/^Source: \[[^\]]+\]\(https:\/\/github\.com\/[^)]+\)/m);
    expect(section).toMatch(/\b[0-9a-f]{7}\b|version \d+\.\d+\.\d+/);
  },
);

test("every rule of theirs has an answer: a policy of ours, or why none", () => {
  const rows = sections.flatMap((section) =>
    section
      .split("\n")
      .filter((line) => /^\| [^-]/.test(line))
      .slice(1),
  );
  expect(rows.length).toBeGreaterThan(100);
  for (const row of rows) {
    const cells = row.split("|").map((cell) => cell.trim());
    expect(cells.at(-2)).toMatch(/\]\(policies\/|^None(:| yet| for|;)|^The same$/);
  }
});

test("lists no rule twice", () => {
  for (const section of sections) {
    const rules = section.split("\n").flatMap((line) => /^\| (\S.*?) +\|/.exec(line)?.[1]?.split(", ") ?? []);
    expect(rules).toEqual([...new Set(rules)]);
  }
});
