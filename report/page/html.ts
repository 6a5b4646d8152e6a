/**
 * The one place in which text becomes HTML. Names come from the stack under review, so every part of a template is
 * escaped, in text and in attributes alike; attributes always stand in quotation marks. Only what this module has made
 * is taken as it is.
 */
import { visible } from "../../lib/visible";

/** Markup, made of templates of ours alone. */
export class Html {
  constructor(readonly markup: string) {}
}

export type Part = Html | string | number | undefined | readonly Part[];

/** Markup of a template; a list is put side by side, and what is undefined is left out. */
export function html(template: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(template.reduce((text, piece, index) => `${text}${markupOf(parts[index - 1])}${piece}`));
}

function markupOf(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Html) return part.markup;
  if (typeof part === "number") return String(part);
  return typeof part === "string" ? escaped(part) : part.map(markupOf).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

/** What hides or turns text is shown by its number, as in every format. */
function escaped(text: string): string {
  return visible(text).replace(/[&<>"'`]/g, (sign) => entities[sign] ?? sign);
}
