/** Reads what a user named, a file or standard input, into text; every way in which that fails is said by name. */
import { constants, isAscii, isUtf8 } from "node:buffer";
import { createReadStream, readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { UserError } from "../../model/errors";
import type { Io } from "../io";

/**
 * Largest document that is read, in bytes. Node cannot hold a longer string (about 512 MiB), and a state of 100,000
 * resources is well below it.
 */
export const largestDocumentBytes = Math.min(500_000_000, constants.MAX_STRING_LENGTH);

/** Name by which standard input goes in messages and reports. */
export const stdinName = "<stdin>";

/** Sizes in powers of ten, one decimal place. */
function describeBytes(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`;
}

/** Reads a file of text, refusing by its size before a byte of it is read. */
export async function readFileText(path: string, io: Pick<Io, "cwd">): Promise<string> {
  return decode(await readFileBytes(path, io), path);
}

/** The same for one that may be compressed. */
export async function readFileBytes(path: string, io: Pick<Io, "cwd">): Promise<Buffer> {
  const full = resolve(io.cwd, path);
  try {
    const status = await stat(full);
    if (status.size > largestDocumentBytes) throw tooLarge(path, status.size);
    // The size of a pipe or a device is told by nobody.
    if (!status.isFile() && !status.isDirectory()) return await bytesOf(createReadStream(full), path);
    // At once: nothing else is to be done meanwhile, and the pieces of an asynchronous read take twice as long.
    return readFileSync(full);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw unreadable(path, error);
  }
}

/** Reads standard input to its end, or up to the limit. */
export async function readStdinText(io: Pick<Io, "stdin">): Promise<string> {
  return decode(await bytesOf(io.stdin, stdinName), stdinName);
}

async function bytesOf(stream: AsyncIterable<Uint8Array>, name: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > largestDocumentBytes) throw tooLarge(name, size);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Says why a path cannot be used; anything that is not the file system's answer is thrown on. */
export function unreadable(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  const reasons: Record<string, { code: string; message: string; fix: string }> = {
    ENOENT: {
      code: "DPX002",
      message: "There is nothing at this path.",
      fix:
        "Give a `pulumi stack export` or `pulumi preview --json --show-sames` file, " +
        "`-` for standard input, or a project folder.",
    },
    EISDIR: { code: "DPX003", message: "This is a folder, a file was expected.", fix: "Give a file." },
    EACCES: { code: "DPX010", message: "This file may not be read.", fix: "Give yourself permission to read it." },
    EPERM: { code: "DPX010", message: "This file may not be read.", fix: "Give yourself permission to read it." },
    ENOTDIR: { code: "DPX002", message: "A part of this path is a file, not a folder.", fix: "Correct the path." },
    ENAMETOOLONG: { code: "DPX002", message: "This path is longer than the system allows.", fix: "Correct the path." },
    ELOOP: { code: "DPX010", message: "The links in this path go round in a circle.", fix: "Correct the links." },
  };
  const reason = code === undefined ? undefined : reasons[code];
  if (reason) return new UserError([{ ...reason, file: path }]);
  if (code === undefined) return error;
  return new UserError([
    { code: "DPX010", message: `This path cannot be read (${code}).`, fix: "Correct the path.", file: path },
  ]);
}

function tooLarge(file: string, size: number): UserError {
  const limit = describeBytes(largestDocumentBytes);
  return new UserError([
    {
      code: "DPX007",
      message: `The document has ${describeBytes(size)} or more, the limit is ${limit}.`,
      fix: "Check that it is the right file; split the stack if it is.",
      file,
    },
  ]);
}

/** UTF-8, or the UTF-16 that a Windows shell's `>` writes, told by its byte order mark. */
export function decode(bytes: Buffer, file: string): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString("utf16le");
  const text = utf8Text(bytes);
  if (text === undefined) {
    throw new UserError([
      {
        code: "DPX014",
        message: "The document is not text in UTF-8 (is it compressed, or an image?).",
        fix: "Give the JSON itself, for instance after `gunzip`.",
        file,
      },
    ]);
  }
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** The text of these bytes; undefined where they are not UTF-8. */
export function utf8Text(bytes: Buffer): string | undefined {
  // ASCII, as nearly every state is, needs no decoding: a character is a byte.
  if (isAscii(bytes)) return bytes.toString("latin1");
  return isUtf8(bytes) ? bytes.toString("utf8") : undefined;
}
