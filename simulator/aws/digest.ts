/** Digits that follow from a text alone. */
import { createHash } from "node:crypto";

/** At most 64 hexadecimal digits. */
export function digest(content: string, length: number): string {
  return createHash("sha256").update(content).digest("hex").slice(0, length);
}
