/** Plain data of a YAML document, in which anchors can make more of a small file than any program can hold. */
import type { Document } from "yaml";
import { type Mistake, UserError } from "../model";

/** At most so often is what anchors name written out (the library's own limit). */
const mostAliases = 100;

/**
 * @param mistake where it stands, and the code of what is no YAML that can be read
 * @throws UserError where its aliases stand for too much, name nothing, or go round
 */
export function yamlValue(document: Document, mistake: Pick<Mistake, "code" | "file">): unknown {
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: mostAliases });
  } catch (error) {
    // What the library throws of aliases; anything else is a defect.
    if (!(error instanceof ReferenceError)) throw error;
    throw aliasMistake(`Its aliases cannot be followed: ${error.message.replace(/\.$/, "")}.`, mistake);
  }
  if (goesRound(value)) throw aliasMistake("An anchor holds itself, so that its value has no end.", mistake);
  return value;
}

function aliasMistake(message: string, mistake: Pick<Mistake, "code" | "file">): UserError {
  return new UserError([{ ...mistake, message, fix: "Write the values out in place of the aliases." }]);
}

/** Whether a value holds itself, somewhere below. */
function goesRound(root: unknown): boolean {
  const above = new Set<object>();
  const done = new Set<object>();
  const visit = (value: unknown): boolean => {
    if (typeof value !== "object" || value === null || done.has(value)) return false;
    if (above.has(value)) return true;
    above.add(value);
    const found = Object.values(value).some(visit);
    above.delete(value);
    done.add(value);
    return found;
  };
  return visit(root);
}
