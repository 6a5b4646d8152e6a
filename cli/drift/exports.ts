/** Two exports of one stack, before and after `pulumi refresh`. */
import { resolve } from "node:path";
import { readState, type State } from "../../drift";
import { UserError } from "../../model/errors";
import { encryptedNotes } from "../input/encrypted";
import { namingFile } from "../input/namingFile";
import { readFileText } from "../input/readText";
import { stackOf } from "../input/stackName";
import { parseState, readStateFile } from "../input/stateFile";
import type { Io } from "../io";
import type { Compared } from "./compared";
import type { ExportsInput } from "./options";

/** @throws UserError (DPX013 without resources, DPX720 where they are of two stacks) */
export async function compareExports(input: ExportsInput, io: Io): Promise<Compared> {
  const [desired, actual] = [await readExport(input.desired, io), await readExport(input.actual, io)];
  refuseOtherStack(desired, actual, input);
  return {
    desired: desired.state,
    actual: actual.state,
    unread: [],
    source: {
      kind: "states",
      desired: input.desired,
      actual: input.actual,
      stack: stackOf(desired.state.keys()) ?? null,
      stateSha256: null,
    },
    notes: desired.notes,
  };
}

interface ReadExport {
  readonly state: State;
  readonly notes: readonly string[];
}

async function readExport(file: string, io: Io): Promise<ReadExport> {
  const { document, encrypted } =
    readStateFile(resolve(io.cwd, file), { isCompact: false }) ?? parseState(await readFileText(file, io), file);
  const state = namingFile(file, () => readState(document));
  if (state.size > 0) return { state, notes: encryptedNotes(encrypted) };
  throw new UserError([
    {
      code: "DPX013",
      message: "There are no resources in it, so there is nothing to judge.",
      fix: "Check that it is the stack that you meant, and that it has been deployed.",
      file,
    },
  ]);
}

/** Everything would be gone and everything else unmanaged: a mistake of the command line, not drift. */
function refuseOtherStack(desired: ReadExport, actual: ReadExport, input: ExportsInput): void {
  const [one, other] = [prefixOf(desired.state), prefixOf(actual.state)];
  if (one === other) return;
  throw new UserError([
    {
      code: "DPX720",
      message: `The two exports must be of one stack; ${input.desired} is of "${one}", ${input.actual} of "${other}".`,
      fix: "Export the same stack before and after `pulumi refresh`.",
    },
  ]);
}

function prefixOf(state: State): string {
  const [first = ""] = state.keys();
  return first.split("::").slice(0, 2).join("::").replace("urn:pulumi:", "");
}
