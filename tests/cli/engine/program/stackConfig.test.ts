import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readProject } from "../../../../cli/engine/program/project";
import { readStackConfig, securePlaceholder } from "../../../../cli/engine/program/stackConfig";

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "duplex-project-"));
});
afterEach(() => rm(root, { recursive: true }));

async function configOf(files: Readonly<Record<string, string>>, stack?: string) {
  for (const [name, text] of Object.entries(files)) await writeFile(join(root, name), text);
  return readStackConfig(await readProject(root), stack);
}

const project = "name: shop\nruntime: nodejs\n";

test("gives scalars as text and everything else as JSON, as the engine does", async () => {
  const stack =
    "config:\n  shop:a: 1.5\n  shop:b: true\n  shop:c: text\n  shop:d: [1, {e: f}]\n  aws:region: ap-northeast-2\n";
  const { values } = await configOf({ "Pulumi.yaml": project, "Pulumi.dev.yaml": stack });
  expect(values).toEqual({
    "shop:a": "1.5",
    "shop:b": "true",
    "shop:c": "text",
    "shop:d": '[1,{"e":"f"}]',
    "aws:region": "ap-northeast-2",
  });
});

test("puts a placeholder for a secure value, alone and inside of an object, and calls the key secret", async () => {
  const stack =
    "config:\n  shop:key:\n    secure: AAA=\n  shop:deep:\n    user: me\n    password:\n      secure: AAB=\n";
  const config = await configOf({ "Pulumi.yaml": project, "Pulumi.dev.yaml": stack });
  expect(config.values["shop:key"]).toBe(securePlaceholder);
  expect(JSON.parse(config.values["shop:deep"] ?? "")).toEqual({ user: "me", password: securePlaceholder });
  expect(config.secretKeys).toEqual(["shop:deep", "shop:key"]);
});

test("takes the project's defaults, with the project's namespace, below the stack's own values", async () => {
  const withDefaults = `${project}config:\n  plain: one\n  declared:\n    type: string\n    default: two\n  value:\n    value: three\n  required:\n    type: string\n`;
  const { values } = await configOf({
    "Pulumi.yaml": withDefaults,
    "Pulumi.dev.yaml": "config:\n  shop:plain: mine\n",
  });
  expect(values).toEqual({ "shop:plain": "mine", "shop:declared": "two", "shop:value": "three" });
});

test("takes the only stack, or the one that is asked for by its full name", async () => {
  const files = { "Pulumi.yaml": project, "Pulumi.dev.yaml": "config: {}\n" };
  expect((await configOf(files)).stack).toBe("dev");
  expect((await configOf(files, "acme/shop/dev")).stack).toBe("dev");
});

test("refuses a stack that does not exist, and names those that do", async () => {
  const files = { "Pulumi.yaml": project, "Pulumi.dev.yaml": "", "Pulumi.prod.yaml": "" };
  await expect(configOf(files, "staging")).rejects.toMatchObject({
    mistakes: [
      { code: "DPX022", message: expect.stringContaining('"staging"') as string, fix: "Give one of: dev, prod." },
    ],
  });
});

test.each([
  ["a list", "- 1\n", "DPX020"],
  ["no name", "runtime: nodejs\n", "DPX020"],
  ["no YAML", "name: [\n", "DPX020"],
  ["another runtime", "name: shop\nruntime: python\n", "DPX021"],
  ["no runtime", "name: shop\n", "DPX021"],
])("refuses a Pulumi.yaml that is %s", async (_, text, code) => {
  await writeFile(join(root, "Pulumi.yaml"), text);
  await expect(readProject(root)).rejects.toMatchObject({ mistakes: [{ code }] });
});

test("refuses a configuration that is a list", async () => {
  await expect(configOf({ "Pulumi.yaml": project, "Pulumi.dev.yaml": "config: [1]\n" })).rejects.toMatchObject({
    mistakes: [{ code: "DPX023", path: "config" }],
  });
});
