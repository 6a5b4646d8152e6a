import type { Source } from "../check/report";

/** A folder that one stands in, or a pipe, has no name; its stack has. */
export function nameOfSource({ path, stack }: Source): string {
  const name = lastPart(path);
  if (stack === undefined) return name === "" ? path : name;
  return name === "" || path === "<stdin>" ? stack : `${name} (${stack})`;
}

/** Where it lies on somebody's machine is nothing to hand on. Empty for the folder in which one stands. */
function lastPart(path: string): string {
  const parts = path.split(/[\\/]/).filter((part) => part !== "" && part !== "." && part !== "..");
  return parts.at(-1) ?? "";
}
