import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readersPage } from "../../inventory/docs";
import { readers } from "../../inventory/readers";
import { harmlessLists } from "../../inventory/harmless";

const root = join(__dirname, "..", "..");

test("docs/readers.md is what the readers say (npx tsx inventory/writeDocs.ts)", () => {
  expect(readFileSync(join(root, "docs", "readers.md"), "utf8")).toBe(readersPage());
});

test("every type of AWS that is read or harmless is one that the SDK makes", () => {
  const types = [...readers.flatMap((reader) => reader.types), ...harmlessLists().types];
  const unmade = types.filter((type) => type.startsWith("aws:") && !madeBySdk(type));
  expect(unmade).toEqual([]);
});

/** `aws:ec2/subnet:Subnet` is made by ec2/subnet.js, which holds its token. */
function madeBySdk(type: string): boolean {
  const [, path = ""] = type.split(":");
  const file = join(root, "node_modules", "@pulumi", "aws", `${path}.js`);
  return existsSync(file) && readFileSync(file, "utf8").includes(`'${type}'`);
}
