/**
 * What a command has to say, apart from how it is written: docs/decisions/0012-documents-and-writers.md. A command
 * makes one document; every writer in `writers/` writes any. All texts are as they were found: a writer escapes them,
 * in one place.
 */
import type { Aside, Finding, Level, Place, Text } from "./finding";

export type { Aside, Cause, Evidence, Finding, FindingName, Fix, Level, Place, Span, Text } from "./finding";

/** How something is to be taken: colours and signs are made from it, and the words alone carry the meaning. */
export type Tone = "good" | "warning" | "bad" | "unknown";

export interface Document {
  /** Name of the command, such as `check`: markers, metrics and suites are called after it. */
  readonly command: string;
  readonly tool: Tool;
  /** @default none: it judges nothing */
  readonly headline?: Headline;
  /** All that findings can be of, those that nothing was found of among them. */
  readonly rules: readonly Rule[];
  /** How much people at a terminal are given to read at first. @default everything */
  readonly brevity?: Brevity;
  /** What was checked, in order; every finding belongs to one of them. */
  readonly checks: readonly Check[];
  /** In reading order. Made when asked for: a machine format does not pay for the cells of a table. */
  readonly body: () => readonly Block[];
  /** What formats for machines tell beside the findings. @default nothing */
  readonly asides?: () => readonly Aside[];
  /** Figures for a monitoring system. */
  readonly series: () => readonly Series[];
  /** All of it as plain data, by a published schema. */
  readonly data: Data;
}

export interface Brevity {
  /** Lines that everything is folded into. */
  readonly lines: number;
  /** How to see the rest. */
  readonly more: () => Text;
}

export interface Tool {
  /** Under which results of an analysis are filed, such as `duplex-drift`. */
  readonly name: string;
  readonly version: string;
  /** Name of the fingerprints of its findings, such as `duplexDrift/v1`: under another one, all of them are new. */
  readonly fingerprint: string;
}

export interface Headline {
  readonly tone: Tone;
  /** The verdict, and how it came about, in one sentence. */
  readonly text: string;
  /** The verdict as machines read it. */
  readonly verdict: string;
  /** What was looked at. */
  readonly source: string;
}

/** What a finding is of: a policy, or a class of drift. */
export interface Rule {
  /** Stable, such as `DPX301`. */
  readonly id: string;
  readonly name: string;
  readonly title: string;
  /** How it speaks unless somebody has changed that. */
  readonly level: Level;
  /** Why it is there, and what it proves. */
  readonly description?: string;
  readonly help?: { readonly text: string; readonly snippet: string };
  /** Page on it. @default there is none */
  readonly helpUri?: string;
  readonly tags?: readonly string[];
}

/** One question that was asked of what was looked at. */
export interface Check {
  readonly name: string;
  /** What is said where nothing was found, in a word. */
  readonly passed: string;
}

export type Block = FindingsBlock | TableBlock | ChainBlock | UnjudgedBlock | ListBlock | EntriesBlock;

interface BlockBase {
  /** True where the short form has it too. */
  readonly isBrief: boolean;
}

/** Several of them group findings, each under its title. */
export interface FindingsBlock extends BlockBase {
  readonly kind: "findings";
  /** @default none */
  readonly title?: Text;
  readonly findings: readonly Finding[];
}

export interface TableBlock extends BlockBase {
  readonly kind: "table";
  readonly title: string;
  /** What its cells say. */
  readonly caption: string;
  /** Above the names of the rows. */
  readonly corner: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  readonly name: string;
  /** One for each column. */
  readonly cells: readonly Cell[];
  /** True of a part that only others use, such as a key: their rows say what it does to them. @default false */
  readonly isMinor?: boolean;
}

export interface Cell {
  readonly text: string;
  /** @default it is neither good nor bad */
  readonly tone?: Tone;
}

/** Things of which each hangs on the next. */
export interface ChainBlock extends BlockBase {
  readonly kind: "chain";
  readonly title: Text;
  readonly links: readonly ChainLink[];
}

export interface ChainLink {
  readonly text: string;
  /** How the one before it hangs on this one. @default it is the first */
  readonly by?: string;
  /** @default neither good nor bad */
  readonly tone?: Tone;
}

/** Resources on which there is no verdict, and why. */
export interface UnjudgedBlock extends BlockBase {
  readonly kind: "unjudged";
  readonly title: string;
  /** Kebab-case name among the checks. */
  readonly name: string;
  /** `error` where it stands in the way of the verdict. */
  readonly level: Level;
  readonly items: readonly UnjudgedResource[];
}

export interface UnjudgedResource {
  readonly resource: string;
  readonly type?: string;
  readonly reason: string;
  readonly place: Place;
}

export interface ListBlock extends BlockBase {
  readonly kind: "list";
  readonly title: Text;
  readonly items: readonly Text[];
}

/** Things that are described one by one, and are no findings: the policies of a catalogue. */
export interface EntriesBlock extends BlockBase {
  readonly kind: "entries";
  readonly entries: readonly Entry[];
  /** How many there are, in a sentence. */
  readonly total: string;
}

export interface Entry {
  readonly name: string;
  readonly title: string;
  readonly about: readonly string[];
  readonly text: string;
  readonly fix: string;
}

/** One figure, over some labels. */
export interface Series {
  /** Snake-case, with its unit; the writer puts the command before it. */
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

export type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

export interface Data {
  /** What JSON can hold; functions and `undefined` are left out. */
  readonly value: object;
  /** Paths, with dots, of lists that may be long: beyond a thousand each item has one line. @default none */
  readonly longLists?: readonly string[];
}

/** The blocks of one kind, in reading order. */
export function blocksOf<Kind extends Block["kind"]>(
  document: Document,
  kind: Kind,
): readonly Extract<Block, { readonly kind: Kind }>[] {
  return document.body().filter((block): block is Extract<Block, { readonly kind: Kind }> => block.kind === kind);
}

/** What was found and does not count. */
export function asidesOf({ asides }: Document): readonly Aside[] {
  return asides?.() ?? [];
}

export function findingsOf(document: Document): readonly Finding[] {
  return blocksOf(document, "findings").flatMap(({ findings }) => findings);
}
