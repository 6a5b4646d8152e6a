import { join } from "node:path";
import { esModuleLoading } from "../../../../cli/engine/program/esModules";
import { readProject } from "../../../../cli/engine/program/project";

const folder = (name: string) => join(__dirname, "..", "..", "..", "fixtures", "programs", name);

/** Arguments to node for the program of ES modules, were these its `nodeargs`. */
async function argumentsWith(...nodeArguments: readonly string[]): Promise<readonly string[] | undefined> {
  const project = await readProject(folder("es-modules"));
  const loading = await esModuleLoading({ ...project, runtime: { ...project.runtime, nodeArguments } });
  return loading?.nodeArguments.map((argument) => (argument.includes("/tsx/") ? "tsx" : argument));
}

test.each([
  [["--loader", "ts-node/esm", "--no-warnings"], ["--no-warnings"]],
  [["--loader=ts-node/esm", "--experimental-specifier-resolution=node"], []],
  [["--no-warnings", "--experimental-loader", "ts-node/esm/transpile-only"], ["--no-warnings"]],
  [["--import", "./node_modules/ts-node/esm.mjs", "--max-old-space-size=4096"], ["--max-old-space-size=4096"]],
  [["-r", "ts-node/register", "--enable-source-maps"], ["--enable-source-maps"]],
  [["--max-old-space-size=4096"], ["--max-old-space-size=4096"]],
  [[], []],
])("%j leave %j beside the loader", async (given, left) => {
  expect(await argumentsWith(...given)).toEqual(["--import", "tsx", ...left]);
});

test.each([[["--import", "tsx"]], [["--loader=./my-loader.mjs"]], [["-r", "./hooks.cjs"]]])(
  "a loader of the project's own, %j, stays the only one",
  async (given) => {
    expect(await argumentsWith(...given)).toBeUndefined();
  },
);
