/** Bundles a part of the simulator for a process of its own, as the build does. */
import { join } from "node:path";
import { buildSync } from "esbuild";

const root = join(__dirname, "../../..");

/** Environment in which a bundle outside of the repository finds its native modules. */
export const environment = { ...process.env, NODE_PATH: join(root, "node_modules") };

/** @param entry path from the root of the repository. Returns the bundle's path. */
export function bundle(entry: string, folder: string): string {
  const outfile = join(folder, "bundle.js");
  buildSync({ entryPoints: [join(root, entry)], bundle: true, platform: "node", external: ["lmdb"], outfile });
  return outfile;
}
