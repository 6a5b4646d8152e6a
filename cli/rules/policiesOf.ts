/** The policies by which a command judges: the catalogue, and the rules of one's own. */
import { catalogue } from "../../policies/catalogue";
import type { Policy } from "../../policies/policy";
import type { Io } from "../io";

/**
 * @param folders as `--rules` names them
 * @throws UserError with every mistake of all of them
 */
export async function policiesOf(folders: readonly string[], io: Io): Promise<readonly Policy[]> {
  if (folders.length === 0) return catalogue;
  const { loadRules } = await import("../../policies/loadRules");
  return [...catalogue, ...loadRules(folders, catalogue, io.cwd)];
}
