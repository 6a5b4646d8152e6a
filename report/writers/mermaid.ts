/** A chain as a graph of Mermaid, which GitHub and GitLab draw. */
import { visible } from "../../lib/visible";
import type { ChainBlock } from "../document";

/** A longer name is cut: a box has to be read. */
const longestLabel = 80;

/** A longer chain is cut in the middle of its way. */
const mostLinks = 12;

/** The lines between the fences, without these. */
export function mermaidText({ links }: ChainBlock): string {
  const shown = links.slice(0, mostLinks);
  return [
    "flowchart LR",
    ...shown.map(({ text }, index) => `  n${index}["${label(text)}"]`),
    ...shown.slice(1).map(({ by }, index) => `  n${index} -->|"${label(by ?? "")}"| n${index + 1}`),
    ...shown.flatMap(({ tone }, index) =>
      tone === "bad" ? [`  style n${index} stroke:#d1242f,stroke-width:2px`] : [],
    ),
  ].join("\n");
}

/**
 * Names come from the stack under review: whatever is neither letter, digit nor harmless sign is written by its number
 * (Mermaid, "Entity codes to escape characters"), so that nothing ends the label, the line or the block.
 */
function label(text: string): string {
  const line = visible(text.replace(/[\r\n]+/g, " "));
  const points = [...line];
  const short = points.length <= longestLabel ? line : `${points.slice(0, longestLabel).join("")}…`;
  // An empty label is a mistake of syntax.
  return short.replace(/[^\p{L}\p{N} .,:/_…-]/gu, (sign) => `#${sign.codePointAt(0) ?? 0};`) || " ";
}
