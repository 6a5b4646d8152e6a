/** What npm installed this copy of Duplex from, so that a new project installs the same. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { isRecord } from "../../lib/records";
import { UserError } from "../../model/errors";
import { version } from "../../package.json";
import type { Io } from "../io";

/**
 * A version, an address, or a file seen from `folder`. A copy that no project asks for, such as a checkout, is packed
 * into the folder, which is then complete in itself.
 *
 * @throws UserError (DPX043) where it cannot be packed
 */
export function installedAs(packageFolder: string, folder: string, io: Io): string {
  const asked = askedFor(packageFolder);
  if (asked === undefined) return packed(packageFolder, folder, io);
  if (!asked.spec.startsWith("file:")) return asked.spec;
  const file = relative(folder, resolve(asked.from, asked.spec.slice("file:".length)));
  return `file:${file.startsWith("..") ? "" : "./"}${file.split(sep).join("/")}`;
}

/** What the project whose node_modules this copy stands in asks for; `npx` makes such a project too. */
function askedFor(packageFolder: string): { readonly spec: string; readonly from: string } | undefined {
  const modules = dirname(packageFolder);
  if (basename(modules) !== "node_modules") return undefined;
  const from = dirname(modules);
  const file = join(from, "package.json");
  const content: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  const groups = isRecord(content) ? [content["dependencies"], content["devDependencies"]] : [];
  const spec = groups.flatMap((group) => (isRecord(group) ? [group["duplex"]] : [])).find((one) => one !== undefined);
  return typeof spec === "string" ? { spec, from } : undefined;
}

function packed(packageFolder: string, folder: string, io: Io): string {
  const tarball = `duplex-${version}.tgz`;
  const spec = `file:./${tarball}`;
  if (existsSync(join(folder, tarball))) return spec;
  const scripts = existsSync(join(packageFolder, "tools", "build.js")) ? [] : ["--ignore-scripts"];
  io.err("Packing this copy of Duplex into the project …\n");
  const { status, stderr, error } = spawnSync("npm", ["pack", "--pack-destination", folder, ...scripts], {
    cwd: packageFolder,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status === 0) return spec;
  throw new UserError([
    {
      code: "DPX043",
      message: `This copy of Duplex cannot be packed: ${(error?.message ?? stderr).trim()}.`,
      fix: "Say what npm installs as duplex with `--duplex SPEC`, such as `--duplex file:./duplex-0.1.0.tgz`.",
    },
  ]);
}
