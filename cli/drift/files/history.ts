/** The file of `--history`: what earlier runs have found. */
import { access } from "node:fs/promises";
import { resolve } from "node:path";
import { z } from "zod";
import { driftClasses, type History } from "../../../drift";
import { UserError } from "../../../model/errors";
import { parseJson } from "../../input/parseJson";
import { readFileText } from "../../input/readText";
import type { Io } from "../../io";

const schema = z.strictObject({
  formatVersion: z.literal(1),
  entries: z.array(
    z.strictObject({
      urn: z.string(),
      class: z.enum(driftClasses),
      since: z.iso.date(),
      open: z.boolean(),
      returns: z.int().min(0),
    }),
  ),
});

/** Undefined where there is no such file yet: the first run. */
export async function readHistory(file: string, io: Io): Promise<History | undefined> {
  const missing = await access(resolve(io.cwd, file)).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === "ENOENT",
  );
  if (missing) return undefined;
  const result = schema.safeParse(parseJson(await readFileText(file, io), file));
  if (result.success) return result.data;
  const place = result.error.issues[0]?.path.join(".") ?? "";
  throw new UserError([
    {
      code: "DPX721",
      message: `This is no history of drift: \`${place}\` is not as this version writes it.`,
      fix: "Give the file that an earlier `--history` has written, or a name that is free.",
      file,
    },
  ]);
}
