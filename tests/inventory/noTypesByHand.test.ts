/** What is known of a type stands in the registries: nothing beside them lists types of AWS or kinds of Kubernetes by hand. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";

const root = join(__dirname, "..", "..");

/** Folders that are no product, that a cloud is declared or simulated in, and the registries themselves. */
const excepted: ReadonlySet<string> = new Set([
  "benchmarks",
  "ci",
  "components",
  "dist",
  "docs",
  "examples",
  "inventory/aws",
  "inventory/kubernetes",
  "node_modules",
  "policies/bin",
  "schema",
  // The vendor's own list of what is secret, which a test holds equal to its schema.
  "inventory/secrets/vendor.json",
  "simulator",
  "tests",
  "tools",
]);

/** Pulumi's own release, and its components over charts and manifests, which are in no API of Kubernetes. */
const notOfAKind =
  /^kubernetes:(?:helm\.sh\/v3:Release|helm\.sh\/v4:Chart|kustomize\/v2:Directory|yaml\/v2:Config(?:File|Group))$/;

function sources(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name): readonly string[] => {
    const path = join(folder, name);
    if (name.startsWith(".") || excepted.has(relative(root, path))) return [];
    if (statSync(path).isDirectory()) return sources(path);
    return /\.(?:ts|json)$/.test(name) ? [path] : [];
  });
}

/** Tokens in the code of a file; a comment may show one. Functions of a provider, such as `getAmi`, are no types. */
function tokensIn(text: string): readonly string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  const found = code.match(/\baws:[a-z0-9]+\/\w+:[A-Z]\w*|\bkubernetes:[a-z0-9.]+\/v\w+:[A-Z]\w*/g) ?? [];
  return found.filter((token) => !notOfAKind.test(token));
}

test("no token of a type stands outside of the registries", () => {
  const files = sources(root);
  expect(files.length).toBeGreaterThan(200);
  const found = files.flatMap((file) =>
    tokensIn(readFileSync(file, "utf8")).map((token) => `${relative(root, file)}: ${token}`),
  );
  expect(found).toEqual([]);
});

test("a token in code is found, and one in a comment is not", () => {
  expect(tokensIn('const a = ["aws:sqs/queue:Queue", "kubernetes:apps/v1:Deployment"]; /* aws:ec2/vpc:Vpc */')).toEqual(
    ["aws:sqs/queue:Queue", "kubernetes:apps/v1:Deployment"],
  );
  expect(tokensIn('// aws:ec2/vpc:Vpc\nconst b = "aws:ec2/getAmi:getAmi";')).toEqual([]);
});
