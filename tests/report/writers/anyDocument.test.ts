/** Every writer on documents that no command makes: all blocks at once, and texts that would break out of each format. */
import { XMLParser, XMLValidator } from "fast-xml-parser";
import * as fc from "fast-check";
import { visibleJson } from "../../../lib/visible";
import type { Document } from "../../../report/document";
import { formatNames } from "../../../report/writers";
import { everyBlock } from "../../support/documents";
import { outsideOfCode } from "../../support/hostileNames";
import { faultsBy } from "../../support/publishedSchemas";
import { allWriters } from "../../support/writers";

const written = allWriters();
const sample = everyBlock();

/** What ends a string, a line, a command, a tag, a code span or a label somewhere. */
const pieces = [
  "a",
  "\n",
  "\r\n",
  '"',
  "`",
  "```",
  "\\",
  "<b>",
  "-->",
  "]](",
  "|",
  "@team",
  "%0A",
  "::error::",
  "# EOF",
  "}",
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3, unit: "binary" })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(""));

/** A document all of whose texts are hostile, each another one. */
const hostileDocument = fc.array(hostile, { minLength: 1, maxLength: 12 }).map((texts) => {
  let next = 0;
  return everyBlock(() => texts[next++ % texts.length] ?? "");
});

describe.each(formatNames)("%s", (format) => {
  test("writes every block, ends with a line break, and is the same for the same document", () => {
    const text = written(format, sample);
    expect(text).toMatch(/[^\n]\n$/);
    expect(written(format, sample)).toBe(text);
  });

  test("writes a document that judges nothing and holds nothing", () => {
    const empty: Document = {
      ...{ command: "empty", tool: sample.tool, rules: [], checks: [], body: () => [], series: () => [] },
      data: { value: {} },
    };
    expect(written(format, empty)).toMatch(/\n$/);
  });
});

test("people read all texts but those of rules, in the terminal and in Markdown", () => {
  const seen: string[] = [];
  const document = everyBlock((where) => {
    seen.push(where);
    return `<${where}>`;
  });
  const [table, markdown] = [written("table", document, { verbose: true }), written("markdown", document)];
  // Made after the rules, the data and what only machines read.
  const forMachines = /^(?:rule |help|snippet|tag|other title|data|kind|instance|identity|fact|path|file|label$|type)/;
  const forPeople = seen.filter((where) => !forMachines.test(where));
  expect(forPeople.length).toBeGreaterThan(30);
  // What a terminal shows under its caption, Markdown shows under its title.
  const only = { table: ["table"], markdown: ["caption"] };
  expect(forPeople.filter((where) => !table.includes(`<${where}>`) && !only.table.includes(where))).toEqual([]);
  const inMarkdown = (where: string): boolean =>
    [`&lt;${where}>`, `<${where}>`, `#60;${where}#62;`].some((form) => markdown.includes(form));
  expect(forPeople.filter((where) => !inMarkdown(where) && !only.markdown.includes(where))).toEqual([]);
});

test("the summary leaves out what is not brief, and says each finding in a line", () => {
  const lines = written("summary", sample).split("\n");
  expect(lines.filter((line) => /^refused /.test(line))).toEqual([
    "refused rule: subject (incident 1)",
    "refused resource (about)",
  ]);
  for (const left of ["item", "entry", "evidence", "fix"]) expect(lines.join("\n")).not.toContain(left);
});

test("findings that are grouped stand under their causes", () => {
  expect(written("table", sample)).toContain("\n\ncause:\n\nrefused rule: subject");
  expect(written("markdown", sample)).toContain("\n\n### cause\n\n**⛔ refused**");
  const none: Document = {
    ...sample,
    body: () => [{ kind: "findings", isBrief: true, title: ["cause"], findings: [] }],
  };
  for (const format of ["table", "markdown"] as const) expect(written(format, none)).not.toContain("cause");
});

test("a finding with a line is shown there, and a rule with a page leads to it", () => {
  const { runs } = JSON.parse(written("sarif", sample)) as {
    runs: [
      {
        tool: { driver: { rules: { helpUri?: string }[] } };
        results: { locations: { physicalLocation: { region: { startLine: number } } }[] }[];
      },
    ];
  };
  expect(runs[0].results.map(({ locations }) => locations[0]?.physicalLocation.region.startLine)).toEqual([
    41, 1, 41, 41,
  ]);
  expect(runs[0].tool.driver.rules.map(({ helpUri }) => helpUri)).toEqual([
    "https://duplex.dev/policies/single-facility",
    undefined,
  ]);
  expect(written("github", sample)).toContain("::error file=path,line=41,title=rule%3A subject::message%0Aevidence");
});

test("metrics are called after the command", () => {
  expect(written("openmetrics", sample)).toBe(
    [
      "# TYPE duplex_sample_things_seconds gauge",
      "# HELP duplex_sample_things_seconds Seconds of things.",
      'duplex_sample_things_seconds{stack="label"} 1.5',
      "# EOF\n",
    ].join("\n"),
  );
});

describe("texts of any kind change no format", () => {
  const holds = (check: (document: Document) => void): void =>
    fc.assert(fc.property(hostileDocument, check), { numRuns: 200 });

  test("github: one command a line", () => {
    holds((document) => {
      const lines = written("github", document).split("\n").slice(0, -1);
      expect(lines).toHaveLength(6);
      for (const line of lines) expect(line).toMatch(/^::(?:notice|warning|error) (?:[a-z]+=[^:,\r]*,?)+::[^\r]*$/);
    });
  });

  test("junit: well-formed, and its counts add up", () => {
    const parser = new XMLParser({ ignoreAttributes: false, isArray: (name) => /^test(?:case|suite)$/.test(name) });
    holds((document) => {
      const xml = written("junit", document);
      expect(XMLValidator.validate(xml)).toBe(true);
      const { testsuites } = parser.parse(xml) as {
        testsuites: Record<string, unknown> & { testsuite: { testcase: unknown[] }[] };
      };
      expect(testsuites).toMatchObject({ "@_tests": "6", "@_failures": "1", "@_errors": "1", "@_skipped": "2" });
      expect(testsuites.testsuite.flatMap(({ testcase }) => testcase)).toHaveLength(6);
    });
  });

  test("sarif: as its published schema says", () => {
    const faultsOf = faultsBy("sarif");
    holds((document) => expect(faultsOf(JSON.parse(written("sarif", document)))).toEqual([]));
  });

  test("openmetrics: one sample a line, its label quoted", () => {
    holds((document) => {
      const lines = written("openmetrics", document).split("\n");
      expect(lines).toHaveLength(5);
      expect(lines[2]).toMatch(/^duplex_sample_things_seconds\{stack="(?:[^"\\\n]|\\["\\n])*"\} 1\.5$/);
    });
  });

  test("markdown: no tag, no mention, no link and no table cell outside of code", () => {
    holds((document) => {
      const ours = /<!-- duplex sample -->|<\/?(?:details|summary)>/g;
      const outside = written("markdown", document).replace(ours, "").split("\n").map(outsideOfCode).join("\n");
      expect(outside).not.toMatch(/<|@(?!\u200b)|(?<!\\)\]\(/);
    });
  });
});

describe("json", () => {
  const value = fc.dictionary(
    fc.string(),
    fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.array(fc.jsonValue()))),
  );

  test("is what JSON.stringify lays out, whichever lists may be long", () => {
    fc.assert(
      fc.property(value, (data) => {
        const longLists = Object.entries(data).flatMap(([key, member]) =>
          typeof member === "object" && member !== null
            ? [key, ...Object.keys(member).map((inner) => `${key}.${inner}`)]
            : [],
        );
        const document: Document = { ...sample, data: { value: data, longLists } };
        // But for what a runner would take for its own in a text of the document, such as `##[error]`.
        expect(written("json", document)).toBe(visibleJson(`${JSON.stringify(data, undefined, 2)}\n`));
      }),
      { examples: [[{ "##[error]": ["##[group]", { "##vso[": "##" }] }]] },
    );
  });

  test("holds no order to a runner, and says the same", () => {
    const data = { name: ["##[error]x", "##vso[task.complete]"] };
    const text = written("json", { ...sample, data: { value: data, longLists: ["name"] } });
    expect(text).not.toMatch(/##[a-z]*\[/);
    expect(JSON.parse(text)).toEqual(data);
  });

  test("has one line for each item of a list that is long, and only there", () => {
    const list = Array.from({ length: 1_001 }, (_, index) => ({ index }));
    const document: Document = { ...sample, data: { value: { a: { list }, other: list }, longLists: ["a.list"] } };
    const text = written("json", document);
    expect(text.split("\n").filter((line) => /^ {6}\{"index":\d+\},?$/.test(line))).toHaveLength(1_001);
    expect(JSON.parse(text)).toEqual({ a: { list }, other: list });
  });
});
