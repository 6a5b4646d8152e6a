/** Every writer of documents, loaded once for the tests of a file. */
import type { Document } from "../../report/document";
import { formatNames, openWriter, type FormatName } from "../../report/writers";
import type { Writer, WriterContext } from "../../report/writers/writer";

export type Written = (format: FormatName, document: Document, context?: Partial<WriterContext>) => string;

/** To be called where a file's tests are declared; what it gives works inside of them. */
export function allWriters(): Written {
  const loaded = new Map<FormatName, Writer>();
  beforeAll(async () => {
    for (const format of formatNames) loaded.set(format, await openWriter(format));
  });
  return (format, document, context = {}) => {
    const write = loaded.get(format);
    if (write === undefined) throw new Error(`There is no writer of ${format}.`);
    return [...write(document, { width: 120, colour: false, verbose: false, all: false, ...context })].join("");
  };
}
