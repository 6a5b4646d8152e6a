/** The page of the layout of 2022 opens from disk in a real browser, in both languages and schemes, without an error. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPage, violationsIn } from "../support/chromium";
import { duplex, root } from "../support/engine";
import { readable } from "../support/pages";

jest.setTimeout(400_000);

const folder = mkdtempSync(join(tmpdir(), "duplex-report-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fileOf = (language: string) => join(folder, `${language}.html`);

test.each(["en", "ko"])("it is written in %s, though the layout is refused", (language) => {
  const argv = ["report", join(root, "examples/pangyo-2022"), "--language", language, "--output", fileOf(language)];
  expect(duplex(...argv)).toMatchObject({ code: 3, stdout: "" });
});

test("it tells what the loss of Pangyo did", () => {
  expect(readable(readFileSync(fileOf("en"), "utf8"))).toContain(
    "Without the building pangyo, 8 of 8 services go down",
  );
  expect(readable(readFileSync(fileOf("ko"), "utf8"))).toContain("건물 pangyo를 잃으면 서비스 8개 중 8개가 중단됩니다");
  expect(statSync(fileOf("en")).size).toBeLessThan(2e6);
});

test.each(["en", "ko"])("in %s the console stays empty, and dark is another picture than light", (language) => {
  const [light, dark] = [openPage(fileOf(language), "light"), openPage(fileOf(language), "dark")];
  expect([...light.console, ...dark.console]).toEqual([]);
  expect(light.picture.equals(dark.picture)).toBe(false);
});

test.each(["en", "ko"])("in %s axe-core finds nothing that a screen reader or weak eyes stumble over", (language) => {
  expect([violationsIn(fileOf(language), "light"), violationsIn(fileOf(language), "dark")]).toEqual([[], []]);
});

test("axe-core does look: a page without a title, with pale letters, is found", () => {
  const pale = readFileSync(fileOf("en"), "utf8")
    .replace(/<title>.*?<\/title>/s, "")
    .replace("<h1>", '<h1 style="color: #ddd; background: #fff">');
  writeFileSync(join(folder, "pale.html"), pale);
  const found = violationsIn(join(folder, "pale.html"), "light").map(({ id }) => id);
  expect(found.sort()).toEqual(["color-contrast", "document-title"]);
});

test("a style sheet that the page's policy does not know is an error that the console tells", () => {
  const changed = readFileSync(fileOf("en"), "utf8").replace("<style>", "<style>/* changed */");
  writeFileSync(join(folder, "changed.html"), changed);
  expect(openPage(join(folder, "changed.html"), "light").console.join("\n")).toMatch(/Content Security Policy/);
});
