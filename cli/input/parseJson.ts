import { UserError } from "../../model/errors";
import { jsonPlace } from "./jsonPlace";

/** Parses JSON; a mistake is reported with line, column and byte, and a text that ends too early is called that. */
export function parseJson(text: string, file: string): unknown {
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
    const found = JSON.stringify(text.slice(place.offset, place.offset + 12));
    throw new UserError([
      {
        code: "DPX006",
        message: `This is not JSON: at ${where} stands ${found} where ${place.expected} is expected.`,
        fix:
          "Give the output of `pulumi stack export` or `pulumi preview --json --show-sames`, " +
          "without other lines around it.",
        file,
        line: place.line,
      },
    ]);
  }
}
