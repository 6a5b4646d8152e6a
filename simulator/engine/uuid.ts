import type { Making } from "./resourceType";

/**
 * An identifier in the form of a random UUID (RFC 9562, version 4), made from the object's own digits.
 *
 * @param use tells two identifiers of one object apart
 */
export function uuidOf(making: Making, use: string): string {
  const digits = making.hex(32, use);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
    digits.slice(20),
  ].join("-");
}
