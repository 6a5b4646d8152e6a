import { UserError } from "../../model/errors";

/** Adds the file to mistakes that a reader of plain data cannot know it for. */
export function namingFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.mistakes.map((mistake) => ({ file, ...mistake })));
  }
}
