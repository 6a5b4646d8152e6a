/** The files of `--attribution`: records of CloudTrail, as its API lists them and as it delivers them to a bucket. */
import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { cloudTrail, cloudTrailEvent, type ChangeLog, type CloudTrailEvent } from "../drift";
import { at, field, items, text } from "../inventory/values";
import { plain } from "../inventory/sources/plain";
import type { Value } from "../inventory/resource";
import { UserError, type Mistake } from "../model/errors";
import { jsonPlace } from "./input/jsonPlace";
import { decode, largestDocumentBytes, readFileBytes, unreadable } from "./input/readText";
import type { Io } from "./io";

const fix =
  "Give what `aws cloudtrail lookup-events --output json` prints, or a log file as CloudTrail delivers it to a bucket.";

/**
 * Reads records into one log.
 *
 * @param paths files, or folders of them
 * @throws UserError with the first mistake of each file
 */
export async function readAttribution(paths: readonly string[], io: Pick<Io, "cwd">): Promise<readonly ChangeLog[]> {
  if (paths.length === 0) return [];
  const mistakes: Mistake[] = [];
  const events: CloudTrailEvent[] = [];
  for (const path of paths) {
    for (const file of await filesAt(path, io, mistakes)) await readInto(events, file, io, mistakes);
  }
  if (mistakes.length > 0) throw new UserError(mistakes);
  return [cloudTrail(events)];
}

async function filesAt(path: string, io: Pick<Io, "cwd">, mistakes: Mistake[]): Promise<readonly string[]> {
  try {
    const full = resolve(io.cwd, path);
    if (!(await stat(full)).isDirectory()) return [path];
    const names = (await readdir(full, { recursive: true })).filter(isLog).sort();
    if (names.length === 0) {
      const message = "There is no log file in this folder: none that ends in .json, .jsonl or .json.gz.";
      mistakes.push({ code: "DPX743", message, fix, file: path });
    }
    return names.map((name) => join(path, name));
  } catch (error) {
    mistakes.push(...mistakesOf(unreadable(path, error)));
    return [];
  }
}

/** Beside the logs a trail delivers digests, which sign them, and insights, which count them. */
function isLog(name: string): boolean {
  return /\.jsonl?(?:\.gz)?$/.test(name) && !/CloudTrail-(?:Digest|Insight)/.test(name);
}

function mistakesOf(error: unknown): readonly Mistake[] {
  if (error instanceof UserError) return error.mistakes;
  throw error;
}

async function readInto(into: CloudTrailEvent[], file: string, io: Pick<Io, "cwd">, mistakes: Mistake[]) {
  try {
    const json = decode(unpacked(await readFileBytes(file, io), file), file);
    for (const { record, named, place } of recordsIn(json, file)) {
      const event = cloudTrailEvent(record, named);
      if (typeof event === "string") throw new UserError([{ code: "DPX742", message: event, fix, file, ...place }]);
      if (event !== undefined) into.push(event);
    }
  } catch (error) {
    mistakes.push(...mistakesOf(error));
  }
}

/** By its first bytes: a name says nothing, since clients unpack on the way. */
function unpacked(bytes: Buffer, file: string): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: largestDocumentBytes });
  } catch {
    throw new UserError([
      {
        code: "DPX741",
        message: "It is compressed by gzip, and cannot be unpacked: it is damaged, cut off or too large.",
        fix: "Fetch it again, and check it with `gzip -t`.",
        file,
      },
    ]);
  }
}

interface Placed {
  readonly record: Value;
  /** What the API says beside a record that it is about. */
  readonly named: readonly string[];
  readonly place: Pick<Mistake, "path" | "line">;
}

function recordsIn(json: string, file: string): readonly Placed[] {
  const lines = json.split("\n");
  // One record a line: the first is a whole object, and more follow.
  if (isWholeObject(lines[0] ?? "") && lines.slice(1).some((line) => line.trim() !== "")) {
    return lines.flatMap((line, index) =>
      line.trim() === ""
        ? []
        : recordsOf(parsed(line, file, index), file).map((each) => ({ ...each, place: { ...each.place, line: index + 1 } })),
    ); // prettier-ignore
  }
  return recordsOf(parsed(json, file, 0), file);
}

function isWholeObject(line: string): boolean {
  if (!line.trimStart().startsWith("{")) return false;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

function recordsOf(document: Value, file: string): readonly Placed[] {
  const [events, records] = [field(document, "Events"), field(document, "Records")];
  if (Array.isArray(events)) return items(events).map((event, index) => listed(event, `Events[${index}]`, file));
  if (Array.isArray(records)) {
    return items(records).map((record, index) => ({ record, named: [], place: { path: `Records[${index}]` } }));
  }
  if (text(field(document, "eventName")) !== undefined) return [{ record: document, named: [], place: {} }];
  throw new UserError([
    { code: "DPX742", message: 'This is nothing of CloudTrail: there is no list "Events" or "Records".', fix, file },
  ]);
}

/** An event as the API lists it holds the record as a text. */
function listed(event: Value, path: string, file: string): Placed {
  const inner = `${path}.CloudTrailEvent`;
  const json = text(field(event, "CloudTrailEvent"));
  if (json === undefined) {
    const message = 'An event must hold its record as a text of JSON in "CloudTrailEvent"; there is none.';
    throw new UserError([{ code: "DPX742", message, fix, file, path: inner }]);
  }
  const named = items(field(event, "Resources")).flatMap((each) => text(at(each, "ResourceName")) ?? []);
  try {
    return { record: plain(JSON.parse(json)), named, place: { path: inner } };
  } catch {
    const message = 'The text in "CloudTrailEvent" is not JSON.';
    throw new UserError([{ code: "DPX742", message, fix, file, path: inner }]);
  }
}

function parsed(json: string, file: string, linesBefore: number): Value {
  try {
    return plain(JSON.parse(json));
  } catch {
    throw new UserError([notJson(json, file, linesBefore)]);
  }
}

function notJson(json: string, file: string, linesBefore: number): Mistake {
  if (json.trim() === "") return { code: "DPX740", message: "It is empty.", fix, file };
  const place = jsonPlace(json);
  const line = linesBefore + (place?.line ?? 1);
  const where = `line ${line}, column ${place?.column ?? 1}`;
  const message =
    place?.truncated === true
      ? `The JSON is cut off: it ends at ${where}, where ${place.expected} is expected.`
      : `This is not JSON: at ${where} something else stands where ${place?.expected ?? "a value"} is expected.`;
  return { code: "DPX740", message, fix, file, line };
}
