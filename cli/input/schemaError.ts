import type { ZodError } from "zod";
import { schemaMistakes } from "../../estate/schemaMistakes";
import { UserError } from "../../model/errors";

/** Every way in which the document of a file is not what a schema says. */
export function schemaError({ issues }: ZodError, document: unknown, file: string): UserError {
  return new UserError(
    schemaMistakes(issues, document).map(({ code, message, fix, path }) => ({ code, message, fix, path, file })),
  );
}
