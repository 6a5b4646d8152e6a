/** `duplex check A --with B`: stacks that refer to each other, judged as one estate. */
import type { InventoryOptions } from "../../inventory/options";
import type { KnownSecrets } from "../../inventory/secrets/text";
import { joinEstates, openReferences, readStackEstate, type StackEstate } from "../../inventory/stacks";
import type { Estate } from "../../model";
import { UserError } from "../../model/errors";
import { readSource, type ReadSource } from "../input/readSource";
import type { Io } from "../io";
import type { InputOptions } from "./options";

export interface Together {
  readonly estate: Estate;
  readonly notes: readonly string[];
  /** Of all that was read. */
  readonly secrets: readonly KnownSecrets[];
}

/**
 * The estate of the stack that was asked for, whose services keep their names, and of those that it was given with.
 *
 * @throws UserError (DPX001) where one stack was given twice
 */
export async function withOthers(
  main: ReadSource,
  { with: files, timeout, verbose }: InputOptions,
  inventory: InventoryOptions,
  io: Io,
): Promise<Together> {
  const first = readStackEstate(main.resources, main.source.path, inventory);
  const stacks: StackEstate[] = [first];
  const notes = [...main.notes];
  const secrets = main.secrets === undefined ? [] : [main.secrets];
  for (const file of files) {
    const read = await readSource(file, { timeout, verbose }, io);
    const stack = readStackEstate(read.resources, file, inventory);
    if (stacks.some((each) => each.stack === stack.stack)) throw givenTwice(stack.stack, file);
    stacks.push(stack);
    if (read.secrets !== undefined) secrets.push(read.secrets);
    notes.push(`Judged together with stack ${stack.stack}, from ${file}.`, ...read.notes);
  }
  for (const { from, to } of openReferences(stacks)) {
    notes.push(`Stack ${from} refers to stack ${to}, which was not given: what it needs of it is not judged.`);
  }
  return { estate: joinEstates(stacks, { main: first.stack }), notes: [...new Set(notes)], secrets };
}

function givenTwice(stack: string, file: string): UserError {
  return new UserError([
    {
      code: "DPX001",
      message: `Each stack must be given once, and ${stack} was given before.`,
      fix: "Leave out one of the two files, or export the other stack.",
      file,
    },
  ]);
}
