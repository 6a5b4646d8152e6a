import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { shellCommand, shellWord } from "../../lib/shell";

test.each([
  ["urn:pulumi:prod::p::aws:rds/instance:Instance::db-2", "urn:pulumi:prod::p::aws:rds/instance:Instance::db-2"],
  ["a b", "'a b'"],
  ["a'; rm -rf ~; '", "'a'\\''; rm -rf ~; '\\'''"],
  ["$(id)", "'$(id)'"],
  ["~root", "'~root'"],
  ["urn:pulumi:a::p::x$y:Z::q", "'urn:pulumi:a::p::x$y:Z::q'"],
  ["춘천", "'춘천'"],
  ["*", "'*'"],
  ["A=b", "A=b"],
])("%s is one word", (word, quoted) => {
  expect(shellWord(word)).toBe(quoted);
});

test.each([[""], ["-rf"], ["--target"], ["a\nb"], ["a\u001b[2J"], ["a\u202eb"], ["a`id`b"], ["::error::x"]])(
  "of %j no command is told",
  (word) => {
    expect(shellWord(word)).toBeUndefined();
    expect(shellCommand("pulumi up --target", "plain", word)).toBeUndefined();
  },
);

test("whatever is told reaches the command as the word that it was", () => {
  const hostile = fc.string({ unit: fc.constantFrom(..."ab'\"$;&|<>(){}[]*?!#~ \\=%^-/.춘") });
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 1, maxLength: 40 }), (words) => {
      const told = words.filter((word) => shellWord(word) !== undefined);
      const command = shellCommand("printf '%s\\0'", "first", ...told) ?? "";
      const given = execFileSync("sh", ["-c", command], { encoding: "utf8" }).split("\0").slice(0, -1);
      expect(given).toEqual(["first", ...told]);
    }),
    { numRuns: 60 },
  );
});
