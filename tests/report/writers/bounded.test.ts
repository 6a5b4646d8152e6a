import fc from "fast-check";
import { bounded, bytesOf, type Section } from "../../../report/writers/bounded";

const section = (size: number, parts: number, weight = 1): Section => ({
  head: "### head",
  parts: Array.from({ length: parts }, (_, index) => `${index} ${"é".repeat(size)}`),
  gap: "\n",
  rest: (hidden) => `… and ${hidden} more`,
  weight,
});

test("whatever fits is whole", () => {
  const [text] = bounded([section(10, 3)], 1_000);
  expect(text).toBe(["### head", ...section(10, 3).parts].join("\n"));
});

test("a section that is too long leaves the others their place, and tells how much it hides", () => {
  const [long, short] = bounded([section(100, 500), section(5, 2)], 10_000);
  expect(short).toContain("1 ééééé");
  const hidden = Number(/… and (\d+) more$/.exec(long ?? "")?.[1]);
  expect(hidden).toBe(500 - (long?.match(/^\d+ é/gm)?.length ?? 0));
});

test("what one does not need goes to those that need more", () => {
  const texts = bounded([section(50, 400, 4), section(50, 400, 1), section(1, 1, 4)], 20_000);
  expect(texts.reduce((sum, text) => sum + bytesOf(text) + 2, 0)).toBeGreaterThan(19_000);
  expect(bytesOf(texts[0] ?? "")).toBeGreaterThan(3 * bytesOf(texts[1] ?? ""));
});

test("never more than the room, whatever there is to say", () => {
  const sizes = fc.record({
    size: fc.integer({ min: 0, max: 3_000 }),
    parts: fc.integer({ min: 0, max: 60 }),
    weight: fc.integer({ min: 1, max: 4 }),
  });
  fc.assert(
    fc.property(fc.array(sizes, { maxLength: 8 }), (all) => {
      const texts = bounded(
        all.map(({ size, parts, weight }) => section(size, parts, weight)),
        60_000,
      );
      expect(bytesOf(texts.join("\n\n"))).toBeLessThanOrEqual(60_000);
    }),
  );
});
