/** The files of `--attribution`: records of CloudTrail, as its API lists them and as it delivers them to a bucket. */
import { cloudTrail, cloudTrailEvent, type ChangeLog, type CloudTrailEvent } from "../../../drift";
import type { Value } from "../../../inventory/resource";
import { plain } from "../../../inventory/sources/plain";
import { at, field, items, text } from "../../../inventory/values";
import { UserError, type Mistake } from "../../../model/errors";
import { parsedRecord, readRecordFiles, type RecordFiles } from "../../input/recordFiles";
import type { Io } from "../../io";

const fix =
  "Give what `aws cloudtrail lookup-events --output json` prints, or a log file as CloudTrail delivers it to a bucket.";

const logFiles: RecordFiles = {
  // Beside the logs a trail delivers digests, which sign them, and insights, which count them.
  isOne: (name) => /\.jsonl?(?:\.gz)?$/.test(name) && !/CloudTrail-(?:Digest|Insight)/.test(name),
  fix,
  none: {
    code: "DPX743",
    message: "There is no log file in this folder: none that ends in .json, .jsonl or .json.gz.",
  },
  notJson: "DPX740",
  packed: "DPX741",
};

/**
 * Reads records into one log.
 *
 * @param paths files, or folders of them
 * @throws UserError with the first mistake of each file
 */
export async function readAttribution(paths: readonly string[], io: Pick<Io, "cwd">): Promise<readonly ChangeLog[]> {
  if (paths.length === 0) return [];
  const events: CloudTrailEvent[] = [];
  await readRecordFiles(paths, logFiles, io, (json, file) => {
    for (const { record, named, place } of recordsIn(json, file)) {
      const event = cloudTrailEvent(record, named);
      if (typeof event === "string") throw new UserError([{ code: "DPX742", message: event, fix, file, ...place }]);
      if (event !== undefined) events.push(event);
    }
  });
  return [cloudTrail(events)];
}

interface PlacedRecord {
  readonly record: Value;
  /** What the API says beside a record that it is about. */
  readonly named: readonly string[];
  readonly place: Pick<Mistake, "path" | "line">;
}

function recordsIn(json: string, file: string): readonly PlacedRecord[] {
  const lines = json.split("\n");
  // One record a line: the first is a whole object, and more follow.
  if (isWholeObject(lines[0] ?? "") && lines.slice(1).some((line) => line.trim() !== "")) {
    return lines.flatMap((line, index) => {
      const records = line.trim() === "" ? [] : recordsOf(parsedRecord(line, logFiles, file, index), file);
      return records.map((each) => ({ ...each, place: { ...each.place, line: index + 1 } }));
    });
  }
  return recordsOf(parsedRecord(json, logFiles, file), file);
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

function recordsOf(document: Value, file: string): readonly PlacedRecord[] {
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
function listed(event: Value, path: string, file: string): PlacedRecord {
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
