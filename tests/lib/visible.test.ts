import fc from "fast-check";
import { visible, visibleJson, visibleLines } from "../../lib/visible";

describe("what a terminal or a runner would take for more than text is shown as such", () => {
  test.each([
    ["an escape sequence", "a\u001b[31mb", "a\\u001b[31mb"],
    ["the one-character form of it", "a\u009b2Jb", "a\\u009b2Jb"],
    ["a break of lines", "a\nb\r\nc", "a\\nb\\r\\nc"],
    ["a line separator", "a\u2028b", "a\\u2028b"],
    ["a turn of direction", "a\u202eb\u2066c", "a\\u202eb\\u2066c"],
    ["what has no width", "a\u200bb\ufeffc", "a\\u200bb\\ufeffc"],
    ["a tag character", "a\u{e0041}b", "a\\u{e0041}b"],
    ["half of a pair", "a\ud800b", "a\\ud800b"],
    ["a workflow command", "::error::x", "\\::error::x"],
    ["one behind blanks", "  ::add-mask::x", "  \\::add-mask::x"],
    ["its older form", "a ##[error]b ##vso[task.setvariable]c", "a #\\#[error]b #\\#vso[task.setvariable]c"],
  ])("%s", (_, text, shown) => {
    expect(visible(text)).toBe(shown);
    expect(visible(shown)).toBe(shown);
  });

  test.each([["urn:pulumi:prod::p::aws:rds/instance:Instance::db"], ["👩‍💻 춘천 é"], ["# 1 ## two [x]"], ["a\\nb"]])(
    "%s stays as it is",
    (text) => {
      expect(visible(text)).toBe(text);
    },
  );

  test("lines that are meant as such stay lines", () => {
    expect(visibleLines("a\n::error::b\u0007")).toBe("a\n\\::error::b\\u0007");
  });
});

test("JSON stays the same document, and holds nothing else", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("##[error]x", "\u202e", "\u2028"))),
      (list) => {
        const text = visibleJson(JSON.stringify({ list }, undefined, 2));
        expect(JSON.parse(text)).toEqual({ list });
        expect(text.replaceAll("\n", "")).not.toMatch(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|##\[/u);
      },
    ),
  );
});
