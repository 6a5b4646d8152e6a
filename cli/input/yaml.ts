import { parseDocument } from "yaml";
import { UserError } from "../../model/errors";

/** Parses YAML; all syntax mistakes are reported together, with their lines. */
export function parseYaml(text: string, file: string): unknown {
  const document = parseDocument(text, { merge: true });
  if (document.errors.length > 0) {
    throw new UserError(
      document.errors.map((error) => ({
        code: "DPX020",
        message: `The file is not YAML: ${(error.message.split("\n")[0] ?? "").replace(/ at line.*$/, "")}.`,
        fix: "Correct the syntax at this place.",
        file,
        line: error.linePos?.[0].line,
      })),
    );
  }
  return document.toJS();
}
