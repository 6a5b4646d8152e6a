import type { Span, Text } from "./document";

/** A sentence of ours in which commands and names stand between backticks, with those set apart. */
export function withCommands(sentence: string): Text {
  return sentence
    .split("`")
    .map((part, index): Span => (index % 2 === 0 ? part : { command: part }))
    .filter((span) => span !== "");
}
