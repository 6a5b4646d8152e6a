import type { Source } from "../check/report";

/** A folder that one stands in, or a pipe, has no name; its stack has. */
export function nameOfSource({ path, stack }: Source): string {
  if (stack === undefined) return path;
  return path === "." || path === "<stdin>" ? stack : `${path} (${stack})`;
}
