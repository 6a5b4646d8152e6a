/**
 * Names that others have chosen, as they may be shown: on a terminal, in a job's log, in a comment. What would steer a
 * terminal (ECMA-48), hide or turn text (Unicode's format characters, bidirectional marks among them), start a line, or
 * speak to a runner that reads the log, is shown by its number or with a backslash before it, and does nothing.
 */

/** All control and format characters, breaks of lines, and halves of pairs; joiners are left, for scripts need them. */
const unseen = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const allUnseen = new RegExp(unseen.source, "gu");

const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function numberOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
}

/**
 * What a runner takes for its own: GitHub's `::error::` at the start of a line, and its older `##[error]`, Azure's
 * `##vso[` and TeamCity's `##teamcity[` anywhere in one.
 */
const startsCommand = /^(\s*)::/;
const holdsCommand = /##(?=[a-z]*\[)/gi;

/** One line, with all of it to be seen; the same again of what it has made. */
export function visible(text: string): string {
  const seen = unseen.test(text) ? text.replace(allUnseen, (one) => short[one] ?? numberOf(one)) : text;
  return seen.replace(startsCommand, "$1\\::").replace(holdsCommand, "#\\#");
}

/** The same of a text whose lines are meant as such. */
export function visibleLines(text: string): string {
  return text.split("\n").map(visible).join("\n");
}

/**
 * JSON that no terminal and no runner reads anything else from: the same document, with such characters escaped. JSON
 * itself escapes those below U+0020 alone (RFC 8259, 7).
 */
export function visibleJson(json: string): string {
  if (!unseenInJson.test(json) && !json.includes("##")) return json;
  return json.replace(allUnseenInJson, escapedUnits).replace(holdsCommand, "#\\u0023");
}

const unseenInJson = new RegExp(`(?!\\n)${unseen.source}`, "u");
const allUnseenInJson = new RegExp(unseenInJson.source, "gu");

function escapedUnits(character: string): string {
  let text = "";
  for (let unit = 0; unit < character.length; unit++) {
    text += `\\u${character.charCodeAt(unit).toString(16).padStart(4, "0")}`;
  }
  return text;
}
