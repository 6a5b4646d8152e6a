import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describeSimulator, generatedMark } from "../../simulator/describe";

/** Prettier aligns tables; the content is what counts. */
function unaligned(markdown: string): string {
  return markdown
    .replace(/ *\| */g, "|")
    .replace(/-{3,}/g, "---")
    .trim();
}

test("docs/simulator.md lists what the code models", () => {
  const document = readFileSync(join(__dirname, "../../docs/simulator.md"), "utf8");
  const [, generated = ""] = document.split(generatedMark);
  expect(unaligned(generated)).toBe(unaligned(describeSimulator()));
});
