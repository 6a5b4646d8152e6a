/** The file that a running program's configuration came from, so that its mistakes can say their lines. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";
import { type EstateSource, estateKey, valueAt } from "./source";

/**
 * `Pulumi.<stack>.yaml` in the project's folder, where it holds the very estate that the engine passed; undefined where
 * the configuration came from somewhere else, for a wrong line is worse than none.
 */
export function sourceOfStack(folder: string, stack: string, estate: unknown): EstateSource | undefined {
  const file = `Pulumi.${stack}.yaml`;
  try {
    const text = readFileSync(join(folder, file), "utf8");
    const written = valueAt(parse(text, { merge: true }), ["config", estateKey]);
    return isDeepStrictEqual(written, estate) ? { file, text } : undefined;
  } catch {
    // No such file, or none that can be read as YAML: the mistakes are told by their paths alone.
    return undefined;
  }
}
