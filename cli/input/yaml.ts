import { parseDocument } from "yaml";
import { guardedYaml, yamlValue } from "../../lib/yaml";
import { UserError } from "../../model/errors";

/** Parses YAML; all syntax mistakes are reported together, with their lines. */
export function parseYaml(text: string, file: string): unknown {
  const document = guardedYaml(() => parseDocument(text, { merge: true }));
  if ("fault" in document) throw unreadable(document.fault, file);
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
  const read = yamlValue(document);
  if ("fault" in read) throw unreadable(read.fault, file);
  return read.value;
}

function unreadable(fault: string, file: string): UserError {
  const message = `The file is YAML that cannot be read: ${fault}.`;
  return new UserError([{ code: "DPX020", message, fix: "Write it without so many anchors and levels.", file }]);
}
