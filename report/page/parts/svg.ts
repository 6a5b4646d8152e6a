/** Measures of pictures, laid out when the page is made: no script moves anything. */

import { html, type Html } from "../html";
import { scrolling } from "./table";

/** A picture in its measures, in pixels, with the name that a screen reader tells. */
export function picture(name: string, width: number, height: number, shapes: Html): Html {
  const [across, down] = [Math.ceil(width), Math.ceil(height)];
  return scrolling(
    name,
    html`<svg role="img" aria-label="${name}" width="${across}" height="${down}" viewBox="0 0 ${across} ${down}">
      ${shapes}
    </svg>`,
  );
}

/** Width of a text in pixels, from above: a wide letter (Hangul, Kana, Han) is as wide as its size, others narrower. */
export function widthOf(text: string, size: number): number {
  let width = 0;
  for (const letter of text) width += size * ((letter.codePointAt(0) ?? 0) > 0x10ff ? 1 : 0.6);
  return width;
}

/** As much of a text as fits; the table behind the picture has the whole. */
export function fitting(text: string, size: number, width: number): string {
  if (widthOf(text, size) <= width) return text;
  let shown = "";
  for (const letter of text) {
    if (widthOf(`${shown}${letter}…`, size) > width) break;
    shown += letter;
  }
  return `${shown}…`;
}
