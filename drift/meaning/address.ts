/** Addresses and names of networks that are written in several ways. */

/** As many numbers as the address has, or undefined where the text is none (RFC 791; RFC 4291, 2.2). */
function partsOf(text: string): readonly number[] | undefined {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) {
    const parts = text.split(".").map(Number);
    return parts.every((part) => part < 256) ? parts : undefined;
  }
  if (!/^[0-9a-f:]+$/i.test(text) || !text.includes(":")) return undefined;
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: halves.length === 1 ? 0 : missing }, () => "0"), ...tail];
  if (groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 255]);
}

interface Block {
  readonly parts: readonly number[];
  readonly length: number;
}

function blockOf(text: string): Block | undefined {
  const [address = "", length, ...more] = text.split("/");
  const parts = partsOf(address);
  if (parts === undefined || more.length > 0) return undefined;
  const bits = length === undefined ? parts.length * 8 : /^\d{1,3}$/.test(length) ? Number(length) : NaN;
  return bits <= parts.length * 8 ? { parts, length: bits } : undefined;
}

/**
 * Whether both are the same address, or block of them.
 *
 * @param isNetwork true where only the network is meant: EC2 writes `10.0.0.5/16` as `10.0.0.0/16` (API reference,
 *   CreateVpc)
 */
export function sameAddress(one: string, other: string, isNetwork: boolean): boolean {
  const [left, right] = [blockOf(one), blockOf(other)];
  if (left === undefined || right === undefined) return false;
  if (left.parts.length !== right.parts.length || left.length !== right.length) return false;
  return left.parts.every((part, index) => {
    const bits = isNetwork ? Math.max(0, Math.min(8, left.length - 8 * index)) : 8;
    return part >> (8 - bits) === (right.parts[index] ?? 0) >> (8 - bits);
  });
}

/**
 * Whether both are one name of DNS: without regard to case, whole with or without its last dot (RFC 1034, 3.1), and
 * with characters by their number as Route 53 answers them ("DNS domain name format": `\052` is `*`).
 */
export function sameDnsName(one: string, other: string): boolean {
  const [left, right] = [nameForm(one), nameForm(other)];
  return left !== undefined && left === right;
}

function nameForm(text: string): string | undefined {
  const plain = text.replace(/\\(\d{3})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 8)));
  const name = plain.replace(/\.$/, "").toLowerCase();
  return /^(?:\d+ +)*(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/.test(name) ? name.replace(/ +/g, " ") : undefined;
}
