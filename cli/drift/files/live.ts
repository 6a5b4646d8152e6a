/** The files of `--live`: what commands that only read print of what runs. */
import { isFault, liveCommands, recognise, type LiveRecord } from "../../../drift";
import { UserError } from "../../../model/errors";
import { parsedRecord, readRecordFiles, type RecordFiles } from "../../input/recordFiles";
import type { Io } from "../../io";

const commands = liveCommands.map((command) => `\`${command}\``).join(", ");
const fix = `Give what one of these prints as JSON: ${commands}.`;

const answerFiles: RecordFiles = {
  isOne: (name) => /\.json(?:\.gz)?$/.test(name),
  fix,
  none: { code: "DPX747", message: "There is no answer in this folder: no file that ends in .json or .json.gz." },
  notJson: "DPX744",
  packed: "DPX745",
};

/**
 * Reads records.
 *
 * @param paths files, or folders of them
 * @throws UserError with the first mistake of each file (DPX744 to DPX747)
 */
export async function readLiveRecords(paths: readonly string[], io: Pick<Io, "cwd">): Promise<readonly LiveRecord[]> {
  const records: LiveRecord[] = [];
  await readRecordFiles(paths, answerFiles, io, (json, file) => {
    const found = recognise(parsedRecord(json, answerFiles, file));
    if (found === undefined) {
      const message = "No command that is known prints such an answer.";
      throw new UserError([{ code: "DPX746", message, fix, file }]);
    }
    if (isFault(found)) throw new UserError([{ code: "DPX746", ...found, fix, file }]);
    // Spread into a call, a list of 100,000 objects would be as many arguments.
    for (const record of found) records.push(record);
  });
  return records;
}
