/** The flag by which commands take rules of one's own. */
import { repeated } from "../flags";

export const rulesOption: readonly [string, string, typeof repeated, readonly string[]] = [
  "--rules <folder>",
  "rules of one's own, judged beside the catalogue; their code runs in this process, with all that it may do " +
    "(may be repeated)",
  repeated,
  [],
];
