/** What a command has found, as a part of its document. */

/**
 * A piece of text. `code` is a name, a path or a value that stands by itself; `command` is something to type, inside of
 * a sentence: without any marks a reader would not see where it ends.
 */
export type Span = string | { readonly code: string } | { readonly command: string };

/** One line of text. */
export type Text = readonly Span[];

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
  /**
   * How it stands to what was there before: `updated` has become worse or better, `absent` is gone. @default nothing
   * was compared
   */
  readonly baseline?: "new" | "updated" | "unchanged" | "absent";
  /** What makes it the same finding in the next run, whatever its message says of numbers. */
  readonly identity: readonly unknown[];
  /** What a machine format may hold beside the message. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** What was found and does not count: somebody has taken it, or it is there no more. */
export interface Aside {
  readonly finding: Finding;
  /** Who has taken it, until when and why; `inSource` where it says so beside the resource. @default it is gone */
  readonly taken?: { readonly kind: "external" | "inSource"; readonly reason: string };
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
