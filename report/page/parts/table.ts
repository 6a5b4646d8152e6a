/** Tables, and what is wider than a window: it scrolls by itself, by the keyboard too (WCAG 2.2, 2.1.1). */
import { html, type Html, type Part } from "../html";

/** @param label what a screen reader calls it */
export function scrolling(label: string, content: Html): Html {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${label}">${content}</div>`;
}

export interface TableParts {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: Part;
  /** Class of the style sheet. */
  readonly style: "heat" | "figures" | "plain";
}

export function tableOf({ caption, columns, rows, style }: TableParts): Html {
  const heads = columns.map((name) => html`<th scope="col">${name}</th>`);
  const head = html`<thead>
    <tr>
      ${heads}
    </tr>
  </thead>`;
  const table = html`<table class="${style}">
    <caption>
      ${caption}
    </caption>
    ${head}
    <tbody>
      ${rows}
    </tbody>
  </table>`;
  return scrolling(caption, table);
}
