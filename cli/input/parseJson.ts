import { UserError } from "../../model/errors";
import { jsonPlace } from "./jsonPlace";

const inputFix =
  "Give the output of `pulumi stack export` or `pulumi preview --json --show-sames`, without other lines around it.";

/** What is said of a file that somebody has written by hand. */
export const settingsFix = "Correct the syntax at this place: it must be JSON, without comments or trailing commas.";

/**
 * Parses JSON; a mistake is reported with line, column and byte, and a text that ends too early is called that.
 *
 * @param fix what to give instead of something that is no JSON. @default a state or a preview
 */
export function parseJson(text: string, file: string, fix = inputFix): unknown {
  if (text.trim() === "") {
    throw new UserError([
      {
        code: "DPX004",
        message: "The document is empty.",
        fix: "Check that the command that wrote it succeeded, then write it again.",
        file,
      },
    ]);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const place = jsonPlace(text);
    if (!place) throw error;
    const where = `line ${place.line}, column ${place.column} (byte ${place.byte})`;
    if (place.truncated) {
      throw new UserError([
        {
          code: "DPX005",
          message: `The JSON is cut off: it ends at ${where}, where ${place.expected} is expected.`,
          fix: "Write the file again, and check that the command that wrote it was not interrupted.",
          file,
          line: place.line,
        },
      ]);
    }
    // Within a document one character: what stands there may be a part of a secret.
    const shown = place.offset === 0 ? text.slice(0, 12) : String.fromCodePoint(text.codePointAt(place.offset) ?? 32);
    const found = JSON.stringify(shown);
    throw new UserError([
      {
        code: "DPX006",
        message: `This is not JSON: at ${where} stands ${found} where ${place.expected} is expected.`,
        fix,
        file,
        line: place.line,
      },
    ]);
  }
}
