/** Names that would break out of one format or another, and how to see whether they have. */

const esc = "\u001b";

/** Each begins or goes on with a word by which it is found again. */
export const hostileNames: readonly string[] = [
  // Terminals (ECMA-48): colours, the cursor, the title, links, what answers, and the same in eight bits.
  ...[`${esc}[31mevil`, `${esc}[2J${esc}[Hevil`, `${esc}]0;evil\u0007`, `${esc}]8;;http://evil${esc}\\evil`],
  ...[`evil${esc}[6n`, "\u009b31mevil", "evil\u0008\u0008\u0008", "evil\rok", "evil\u0000", "evil\u007f"],
  // What hides or turns text.
  ...["\u202elive", "evil\u2066x\u2069", "evil\u200b\u2028next", "evil\u00ad", "\ufeffevil", "evil\ud800"],
  // Orders to runners.
  ...["evil\n::error::x", "::set-output name=a::evil", "evil\n##[error]x", "##vso[task.setvariable variable=a]evil"],
  ...["evil\r\n::add-mask::x", "evil%0A::warning::x", "##teamcity[evil]", "::stop-commands::evil"],
  // Markdown: tags, mentions, links, pictures, references, code, cells, quick actions, hidden comments.
  ...["<script>evil</script>", "<img src=x onerror=evil>", "@evil", "[evil](http://evil)", "![evil](http://evil)"],
  ...["evil`code", "```\nevil", "evil | cell |", "evil\n\n/approve", "<!-- evil", "evil#1", "-->evil<!--"],
  // XML, JSON, OpenMetrics, YAML, Mermaid.
  ...["]]>evil", '"><testcase evil="', "evil&lt;&#x0;", '"},{"evil":"', "\\u0022evil", 'evil"} 1\n# EOF'],
  ...["evil: {a: &x *x}", 'evil"]-->|x|b["', "evil\n---\nkind: Secret", "%%{init: evil}%%"],
];

/** A line of Markdown without its spans of code (CommonMark 6.1): from one run of backquotes to the next of its length. */
export function outsideOfCode(line: string): string {
  let left = "";
  for (let at = 0; at < line.length;) {
    const [run = ""] = /^`+/.exec(line.slice(at)) ?? [];
    const close = run === "" ? undefined : new RegExp("(?<!`)" + run + "(?!`)").exec(line.slice(at + run.length));
    if (close) {
      at += run.length + close.index + run.length;
      continue;
    }
    const next = line[at] === "\\" ? 2 : Math.max(1, run.length);
    left += line.slice(at, at + next);
    at += next;
  }
  return left;
}
