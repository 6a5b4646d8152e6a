/** The graph of a chain: names that would end a label, a line, the block of code or the graph are only letters in it. */
import * as fc from "fast-check";
import type { ChainBlock } from "../../../report/document";
import { mermaidText } from "../../../report/writers/mermaid";

const chain = (texts: readonly string[]): ChainBlock => ({
  ...{ kind: "chain", isBrief: false, title: ["Chain"] },
  links: texts.map((text, index) => (index === 0 ? { text } : { text, by: text })),
});

test("draws each link, and how it hangs on the next", () => {
  const block: ChainBlock = {
    ...{ kind: "chain", isBrief: false, title: ["Chain"] },
    links: [
      { text: "shop/store: down", tone: "bad" },
      { text: "zone:apne2-az1, lost", by: "falls with", tone: "bad" },
    ],
  };
  expect(mermaidText(block).split("\n")).toEqual([
    "flowchart LR",
    '  n0["shop/store: down"]',
    '  n1["zone:apne2-az1, lost"]',
    '  n0 -->|"falls with"| n1',
    "  style n0 stroke:#d1242f,stroke-width:2px",
    "  style n1 stroke:#d1242f,stroke-width:2px",
  ]);
});

const pieces = [
  ...[
    '"',
    "]",
    '"]',
    "-->",
    "|",
    "`",
    "```",
    "\n",
    "\r\n",
    "%%",
    "%%{init: {}}%%",
    "end",
    "subgraph x",
    "click n0 href",
  ],
  ...[
    "<script>",
    "&quot;",
    "#quot;",
    "#",
    ";",
    "{",
    "}",
    "(",
    "\\",
    "@team",
    "javascript:alert(1)",
    "\u202e",
    "\u0000",
  ],
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "binary", maxLength: 4 })), { maxLength: 8 })
  .map((parts) => parts.join(""));

test("whatever names hold, the lines are ours and each label ends where we end it", () => {
  const label = String.raw`(?:[\p{L}\p{N} .,:/_…-]|#\d+;)+`;
  const node = new RegExp(`^ {2}n\\d+\\["${label}"\\]$`, "u");
  const edge = new RegExp(`^ {2}n\\d+ -->\\|"${label}"\\| n\\d+$`, "u");
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 1, maxLength: 5 }), (texts) => {
      const [first, ...lines] = mermaidText(chain(texts)).split("\n");
      expect(first).toBe("flowchart LR");
      expect(lines).toHaveLength(2 * texts.length - 1);
      for (const line of lines) expect(node.test(line) || edge.test(line)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("a long name is cut, and so is a long chain", () => {
  const text = mermaidText(chain(Array.from({ length: 40 }, (_, index) => `${index}-${"x".repeat(300)}`)));
  expect(text.split("\n")).toHaveLength(1 + 12 + 11);
  expect(text.length).toBeLessThan(3_000);
});
