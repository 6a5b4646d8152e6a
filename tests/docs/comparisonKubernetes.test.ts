/** Our own figures in docs/comparison-kubernetes.md, made anew: a page of figures is only worth what keeps it true. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CheckReport } from "../../report/check/report";
import { CommandLine } from "../support/cli";

const root = join(__dirname, "..", "..");
const text = readFileSync(join(root, "docs", "comparison-kubernetes.md"), "utf8");
const rows = [...text.matchAll(/^\| \[([a-z0-9-]+)\]\(policies\/\1\.md\) +\| +(\d+) \| +(\d+) \|$/gm)].map(
  ([, policy = "", then, squeezed]) => [policy, Number(then), Number(squeezed)] as const,
);

let commandLine: CommandLine;
const objects: number[] = [];
let found: readonly ReadonlyMap<string, ReadonlySet<string | null>>[];
beforeAll(async () => {
  commandLine = new CommandLine();
  const then = await judged(join(root, "examples", "pangyo-2022"), []);
  const inOne = ["ansan", "anyang", "chuncheon"].flatMap((cluster) => ["--cluster", `${cluster}=pangyo`]);
  found = [then, await judged(root, inOne)];
}, 300_000);
afterAll(() => commandLine.remove());

/** Services by policy, of the manifests of a program. */
async function judged(
  project: string,
  options: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string | null>>> {
  const name = `out${options.length}`;
  const { err } = await commandLine.duplex(["manifests", project, "-o", name, "--write-sites", `${name}.json`]);
  objects.push([...err.matchAll(/(\d+) objects$/gm)].reduce((sum, [, number]) => sum + Number(number), 0));
  const answer = await commandLine.duplex(["check", name, "--sites", `${name}.json`, "--format", "json", ...options]);
  const services = new Map<string, Set<string | null>>();
  for (const { policy, service } of (JSON.parse(answer.out) as CheckReport).findings) {
    services.set(policy, (services.get(policy) ?? new Set()).add(service));
  }
  return services;
}

test("has a row for each of a dozen policies", () => {
  expect(rows.length).toBeGreaterThanOrEqual(12);
});

test.each(rows)("%s: %d services of 2022, %d of prod in one building", (policy, then, squeezed) => {
  expect(found.map((services) => services.get(policy)?.size ?? 0)).toEqual([then, squeezed]);
});

test("counts the objects that it speaks of", () => {
  expect([...objects]).toEqual([26, 181]);
  for (const count of objects) expect(text).toContain(`(${count} objects`);
});
