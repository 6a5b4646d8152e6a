import { isRecord } from "../../lib/records";
import type { SourcePosition } from "../resource";

/**
 * The line of the program that made a resource, as the engine keeps it (apitype.ResourceV3, sourcePosition):
 * `project:///index.ts#41,7`, with or without the column. What stands in a plugin or a package is nobody's line to
 * change.
 */
export function positionOf(value: unknown): SourcePosition | undefined {
  if (typeof value !== "string") return undefined;
  const [, path = "", line] = /^project:\/{0,3}([^#]+)#(\d+)(?:,\d+)?$/.exec(value) ?? [];
  const file = decodedPath(path);
  if (file === undefined || line === undefined || Number(line) < 1) return undefined;
  const isOwn = !file.split("/").some((part) => part === ".." || part === "node_modules");
  return isOwn ? { file, line: Number(line) } : undefined;
}

/**
 * The innermost call of the program itself: a component of a package makes its resources in lines of the package, and
 * what a reader can change is the line that calls it (apitype.ResourceV3, stackTrace).
 */
export function callOf({ sourcePosition, stackTrace }: Called): string | undefined {
  const frames = Array.isArray(stackTrace) ? (stackTrace as readonly unknown[]) : [];
  const positions = [sourcePosition, ...frames.map((frame) => (isRecord(frame) ? frame.sourcePosition : undefined))];
  return positions.find((position): position is string => positionOf(position) !== undefined);
}

interface Called {
  readonly sourcePosition?: unknown;
  readonly stackTrace?: unknown;
}

function decodedPath(path: string): string | undefined {
  try {
    return decodeURIComponent(path).replace(/^(?:\.?\/)+/, "") || undefined;
  } catch {
    return undefined;
  }
}
