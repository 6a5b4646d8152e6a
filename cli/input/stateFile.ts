/**
 * Reads a state export one block of the file after the other, and each resource by itself. What comes of it is what
 * `JSON.parse` makes of the whole text, in less time and memory: neither all bytes nor all text is ever held, and fresh
 * memory for them takes a machine about as long as the parsing.
 */
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { markedSecrets } from "../../inventory/secrets/marked";
import { KnownSecrets } from "../../inventory/secrets/text";
import { compactor } from "../../inventory/sources/stateExport";
import { encryptedNames } from "./encrypted";
import { parseJson } from "./parseJson";
import { largestDocumentBytes, utf8Text } from "./readText";
import { isRecord } from "../../lib/records";

export interface StateDocument {
  readonly document: unknown;
  /** Names of the values that are encrypted, `<urn>.<property path>`. */
  readonly encrypted: readonly string[];
  /** Values that stand open in it, and are secret. @default none */
  readonly secrets?: KnownSecrets;
}

export interface StateFileOptions {
  /** Whether resources are kept as a `compactor` leaves them: for who reads them as resources, and compares nothing. */
  readonly isCompact: boolean;
  /** V8 keeps larger texts apart, in memory of their own that has to be provided for each. @default 120,000 */
  readonly blockBytes?: number;
}

/** How the engine lays a state out. */
interface Layout {
  /** With what a resource begins, up to its URN. */
  readonly start: string;
  /** With what it ends. */
  readonly close: string;
  /** What stands between two. */
  readonly gap: string;
  /** What follows the last one. */
  readonly end: string;
}

const listBegins = /\n( *)"resources": \[\n( *)(\{\n *"urn": "urn:pulumi:)/;

/** Stands in the list of resources while what is around it is parsed; no resource is a text. */
const placeholder = "resources";

/** Not laid out as the engine does it, or no text: then the file has to be read in one piece. */
class OtherLayout extends Error {}

/**
 * The document in a file; undefined where the file cannot be read, or is anything but a whole state in the layout of
 * `pulumi stack export`. Then reading it in one piece tells what it is, or what is wrong with it.
 *
 * @param path absolute
 */
export function readStateFile(
  path: string,
  { isCompact, blockBytes = 120_000 }: StateFileOptions,
): StateDocument | undefined {
  let file: number | undefined;
  try {
    const status = statSync(path);
    // A pipe can be read once only, and not here.
    if (!status.isFile() || status.size > largestDocumentBytes) return undefined;
    file = openSync(path, "r");
    return new StateReader(file, status.size, blockBytes, isCompact).read();
  } catch (error) {
    const isOther = error instanceof OtherLayout || error instanceof SyntaxError;
    if (isOther || (error as NodeJS.ErrnoException).code !== undefined) return undefined;
    throw error;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** The document of a text, read in one piece; mistakes name the file. */
export function parseState(text: string, file: string): StateDocument {
  const document = parseJson(text, file);
  const secrets = new KnownSecrets();
  addOpenSecrets(entriesIn(document), text, secrets);
  return { document, encrypted: encryptedNames(document, text), secrets };
}

/** The list of resources, where it is one. */
function entriesIn(document: unknown): readonly unknown[] {
  const deployment = isRecord(document) ? document.deployment : undefined;
  const resources = isRecord(deployment) ? deployment.resources : undefined;
  return Array.isArray(resources) ? resources : [];
}

/** @param text that the entries were parsed from: without the engine's word for it nothing stands open in them */
function addOpenSecrets(entries: readonly unknown[], text: string, known: KnownSecrets): void {
  if (!text.includes('"plaintext"')) return;
  for (const entry of entries) if (isRecord(entry)) markedSecrets(entry, known);
}

class StateReader {
  readonly #file: number;
  readonly #size: number;
  readonly #kept: (resource: unknown) => unknown;
  readonly #resources: unknown[] = [];
  readonly #encrypted: string[] = [];
  readonly #secrets = new KnownSecrets();
  #block: Buffer;
  /** Where in the file the next block begins. */
  #at = 0;

  constructor(file: number, size: number, blockBytes: number, isCompact: boolean) {
    this.#file = file;
    this.#size = size;
    this.#kept = isCompact ? compactor() : (resource) => resource;
    this.#block = Buffer.allocUnsafe(Math.min(size, blockBytes));
  }

  read(): StateDocument {
    const begin = this.#fill();
    const found = listBegins.exec(begin.toString("latin1"));
    if (found === null) throw new OtherLayout();
    const [all, outer = "", inner = "", start = ""] = found;
    const layout = { start, close: `\n${inner}}`, gap: `,\n${inner}`, end: `\n${outer}]` };
    this.#at = found.index + all.length - start.length;
    const head = textOf(begin.subarray(0, this.#at));
    return this.#within(head, this.#readResources(layout));
  }

  /** Reads to the end of the file, and gives the text after the last resource. */
  #readResources(layout: Layout): string {
    const { close, gap, end } = layout;
    for (;;) {
      const text = this.#next(layout);
      const isRest = this.#at === this.#size;
      const stop = isRest ? text.indexOf(close + end) : text.length - close.length - gap.length;
      if (stop < 0 || !text.startsWith(close + (isRest ? end : gap), stop)) throw new OtherLayout();
      this.#keep(text.slice(0, stop + close.length), layout);
      if (isRest) return text.slice(stop + close.length);
    }
  }

  /** The text from here to where the last resource of the block begins, or to the end of the file. */
  #next({ start }: Layout): string {
    for (;;) {
      const filled = this.#fill();
      const isRest = this.#at + filled.length === this.#size;
      const length = isRest ? filled.length : filled.lastIndexOf(start, undefined, "latin1");
      if (length > 0) {
        this.#at += length;
        return textOf(filled.subarray(0, length));
      }
      // A resource that is larger than a block.
      this.#block = Buffer.allocUnsafe(Math.min(this.#size, 2 * this.#block.length));
    }
  }

  #fill(): Buffer {
    const filled = this.#block.subarray(0, this.#size - this.#at);
    if (readSync(this.#file, filled, 0, filled.length, this.#at) < filled.length) throw new OtherLayout();
    return filled;
  }

  /** @param text of one or more resources, with the gaps between them */
  #keep(text: string, { start, close, gap }: Layout): void {
    const parsed: unknown[] = [];
    let from = 0;
    for (let at = text.indexOf(start, start.length); at >= 0; at = text.indexOf(start, at + start.length)) {
      if (!text.startsWith(close + gap, at - gap.length - close.length)) continue;
      parsed.push(JSON.parse(text.slice(from, at - gap.length)));
      from = at;
    }
    parsed.push(JSON.parse(text.slice(from)));
    for (const name of encryptedNames(parsed, text)) this.#encrypted.push(name);
    addOpenSecrets(parsed, text, this.#secrets);
    for (const resource of parsed) this.#resources.push(this.#kept(resource));
  }

  /** The document: what stands around its resources, with them. */
  #within(head: string, tail: string): StateDocument {
    const text = `${head}${JSON.stringify(placeholder)}${tail}`;
    const document: unknown = JSON.parse(text);
    const deployment = isRecord(document) ? document.deployment : undefined;
    if (!isRecord(document) || !isRecord(deployment)) throw new OtherLayout();
    const { resources } = deployment;
    if (!Array.isArray(resources) || resources.length !== 1 || resources[0] !== placeholder) throw new OtherLayout();
    return {
      document: { ...document, deployment: { ...deployment, resources: this.#resources } },
      encrypted: [...this.#encrypted, ...encryptedNames(document, text)],
      secrets: this.#secrets,
    };
  }
}

/** @throws OtherLayout where it is no text in UTF-8 */
function textOf(bytes: Buffer): string {
  const text = utf8Text(bytes);
  if (text === undefined) throw new OtherLayout();
  return text;
}
