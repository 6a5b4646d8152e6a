/**
 * What a command has to say, apart from how it is written: docs/decisions/0012-documents-and-writers.md. A command
 * makes one document; every writer in `writers/` writes any. All texts are as they were found: a writer escapes them,
 * in one place.
 */

/**
 * A piece of text. `code` is a name, a path or a value that stands by itself; `command` is something to type, inside of
 * a sentence: without any marks a reader would not see where it ends.
 */
export type Span = string | { readonly code: string } | { readonly command: string };

/** One line of text. */
export type Text = readonly Span[];

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

/** `error` refuses, `warning` advises, `note` informs. */
export type Level = "error" | "warning" | "note";

export interface Finding {
  /** Id of its rule. */
  readonly rule: string;
  /** Name of its check. */
  readonly check: string;
  readonly level: Level;
  /** The same in the document's own word: `refused`, `dangerous`. */
  readonly mark: string;
  readonly name: FindingName;
  /** A few words on it, such as its tier. */
  readonly about: readonly string[];
  /** What it has in common with what once happened, such as a row of an incident; empty for none. */
  readonly incidents: readonly string[];
  /** In a word or two, what kind of failure it is. */
  readonly kind: string;
  /** What it is among the findings of its check. */
  readonly instance: string;
  /** What is wrong, in one line. */
  readonly message: string;
  /** What shows it, a line each. Of a finding that is named for a resource the message is one of them. */
  readonly evidence: readonly Evidence[];
  /** URNs, the one to change first at the head. */
  readonly resources: readonly string[];
  /** Properties that were read, or that are missing for the proof. */
  readonly properties: readonly string[];
  /** True where it is not proven that anything is wrong: a property is missing for the proof that nothing is. */
  readonly isUnproven: boolean;
  readonly fixes: readonly Fix[];
  readonly place: Place;
  /** What it has in common with others that one remedy mends: they are told as one. @default it stands alone */
  readonly cause?: Cause;
  /** How it stands to what was there before: `updated` has become worse or better. @default nothing was compared */
  readonly baseline?: "new" | "updated" | "unchanged";
  /** What makes it the same finding in the next run, whatever its message says of numbers. */
  readonly identity: readonly unknown[];
  /** What a machine format may hold beside the message. */
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface Cause {
  /** The same for all findings of one cause. */
  readonly key: string;
  /** The worst finding of the greatest speaks for its cause, and the worst cause is told first. */
  readonly gravity: number;
  /** What is asked to be written down, where nothing that runs is wrong. @default something that runs is */
  readonly asksFor?: string;
  /** True where it is about a part that only others use, and that nothing else is said of. @default false */
  readonly isMinor?: boolean;
}

/** By the rule that speaks, and of whom; or by the resource that it is about. */
export type FindingName =
  | { readonly by: "rule"; readonly rule: string; readonly subject: string | null }
  | { readonly by: "resource"; readonly resource: string };

export interface Evidence {
  /** What the line is, such as `Weakest edge`. @default the line says it */
  readonly label?: string;
  readonly text: Text;
  /** True where only formats for people have it. @default false */
  readonly isDetail?: boolean;
}

export interface Fix {
  readonly text: Text;
  /** What kind of way out it is, of several. @default it is the only one */
  readonly action?: string;
}

/** Where a finding is shown. */
export interface Place {
  /** As the user named it; null where it has no path, as standard input. */
  readonly path: string | null;
  /** The file that stands for it: of a project's folder its Pulumi.yaml. */
  readonly file: string;
  /** From 1. @default not known; a format that asks for one has the first */
  readonly line?: number;
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

export function findingsOf(document: Document): readonly Finding[] {
  return blocksOf(document, "findings").flatMap(({ findings }) => findings);
}
