/** Reads the estate from a stack's configuration file. */
import { isRecord } from "../lib/records";
import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { parseDocument } from "yaml";
import { type Mistake, UserError } from "../model";
import { parseEstate } from "./parse";
import { estateKey } from "./source";
import type { EstateSpec } from "./spec";
import { closest } from "./suggest";

/**
 * Longest file that is read. The engine hands the configuration to the program in one environment variable, and Linux
 * limits one to 32 pages (MAX_ARG_STRLEN): a larger estate could never be deployed.
 */
export const longestFileBytes = 128 * 1024;

/**
 * Reads and validates `Pulumi.<stack>.yaml`.
 *
 * @throws UserError for anything that is wrong with the file or in it
 */
export function readEstateFile(path: string): EstateSpec {
  const file = basename(path);
  const text = readLimited(path, file);
  if (text.trim() === "") fail({ code: "DPX103", message: "The file is empty.", fix: emptyFix, file });
  const document = parseDocument(text, { merge: true });
  if (document.errors.length > 0) {
    throw new UserError(
      document.errors.map((error) => ({
        code: "DPX104",
        message: `The file is not YAML: ${firstLine(error.message)}.`,
        fix: "Correct the syntax at this place.",
        file,
        line: error.linePos?.[0].line,
      })),
    );
  }
  return parseEstate(estateIn(document.toJS(), file), { file, text });
}

function readLimited(path: string, file: string): string {
  let descriptor: number;
  try {
    descriptor = openSync(path, "r");
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    return fail({
      code: "DPX101",
      message: `The file cannot be read (${reason}).`,
      fix: "Give the path of a Pulumi.<stack>.yaml that exists and that you may read.",
      file: path,
    });
  }
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile()) {
      fail({
        code: "DPX101",
        message: "This is not a file.",
        fix: "Give the path of a Pulumi.<stack>.yaml.",
        file: path,
      });
    }
    // The size is asked before the content is read: a file of gigabytes must not be loaded to be refused.
    if (status.size > longestFileBytes) {
      fail({
        code: "DPX102",
        message:
          `The file has ${status.size} bytes; at most ${longestFileBytes} are allowed, for the engine passes the ` +
          "configuration in one environment variable.",
        fix: "Split the estate into several stacks.",
        file,
      });
    }
    return readFileSync(descriptor, "utf8");
  } finally {
    closeSync(descriptor);
  }
}

function estateIn(content: unknown, file: string): unknown {
  const config = isRecord(content) ? content["config"] : undefined;
  if (!isRecord(config)) {
    return fail({ code: "DPX105", message: 'The file has no group "config".', fix: emptyFix, file });
  }
  if (estateKey in config) return config[estateKey];
  const near = closest(estateKey, Object.keys(config));
  return fail({
    code: "DPX105",
    message: `The configuration has no key "${estateKey}"${near ? `, but a key "${near}"` : ""}.`,
    fix: near ? `Rename "${near}" to "${estateKey}".` : emptyFix,
    file,
    path: near ? `config.${near}` : "config",
  });
}

const emptyFix = `Write the estate under config, "${estateKey}", as Pulumi.prod.yaml does.`;

function firstLine(text: string): string {
  return (text.split("\n")[0] ?? "").replace(/[.:]?( at line.*)?:?$/, "");
}

function fail(mistake: Mistake): never {
  throw new UserError([mistake]);
}
