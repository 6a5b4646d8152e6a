/** `duplex report`: the page, where it goes, and how the command ends. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { canaryEntries, leaksIn } from "../../support/canaries";
import { CommandLine } from "../../support/cli";
import { exportOf } from "../../support/driftStates";
import { elementsOf, readable } from "../../support/pages";
import { oneBuildingState, pangyoSite } from "../../support/states";

let commandLine: CommandLine;
beforeEach(async () => {
  commandLine = new CommandLine();
  await commandLine.write("state.json", oneBuildingState());
  await commandLine.write("settings.json", { estate: { sites: [pangyoSite] } });
});
afterEach(() => commandLine.remove());

const stack = ["report", "state.json", "--config", "settings.json"];
const fileOf = (name: string) => join(commandLine.folder, name);

test("it writes the page to standard output, and ends as `duplex check` does", async () => {
  const answer = await commandLine.duplex(stack);
  const check = await commandLine.duplex(["check", ...stack.slice(1)]);
  expect(answer).toMatchObject({ code: 3, err: "" });
  expect(check.code).toBe(3);
  expect(elementsOf(answer.out)[0]?.tag).toBe("html");
  expect(readable(answer.out)).toContain(
    "Without the building pangyo or the region capital-area, 1 of 1 service goes down: messenger.",
  );
});

test("with --output it writes a file and says nothing", async () => {
  const answer = await commandLine.duplex([...stack, "--output", "report.html"]);
  expect(answer).toEqual({ code: 3, out: "", err: "" });
  expect(readFileSync(fileOf("report.html"), "utf8")).toContain("<!doctype html>");
});

test("in Korean it says so, with particles by the last syllable", async () => {
  const { out, code } = await commandLine.duplex([...stack, "--language", "ko"]);
  expect(code).toBe(3);
  expect(out).toContain('<html lang="ko">');
  expect(readable(out)).toContain(
    "건물 pangyo, 리전 capital-area 가운데 하나를 잃으면 서비스 1개 중 1개가 중단됩니다: messenger.",
  );
});

test("beside a base it tells what is new, and what was there before does not refuse", async () => {
  const same = await commandLine.duplex([...stack, "--base", "state.json"]);
  expect(same.code).toBe(2);
  expect(readable(same.out)).toMatch(/Beside state\.json: 0 new, 0 worse, 0 better, \d+ as before, 0 gone\./);
  await commandLine.write("empty.json", exportOf());
  const all = await commandLine.duplex([...stack, "--base", "empty.json"]);
  expect(all.code).toBe(3);
  expect(readable(all.out)).toMatch(/Beside empty\.json: [1-9]\d* new/);
});

test.each([
  [["report", "absent.json"], /\[DPX002\]/],
  [["report", "state.json", "--language", "fr"], /Allowed choices are en, ko.*\[DPX001\]/s],
  [["report", "state.json", "--output", "no/such/report.html"], /\[DPX011\]/],
])("%j is a mistake, and no page is written", async (argv, message) => {
  const answer = await commandLine.duplex(argv);
  expect(answer).toMatchObject({ code: 1, out: "" });
  expect(answer.err).toMatch(message);
  expect(existsSync(fileOf("no"))).toBe(false);
});

test.each(["en", "ko"])("no secret of a state is in the page in %s", async (language) => {
  await commandLine.write("secret.json", exportOf(...canaryEntries("a")));
  const { out, err } = await commandLine.duplex(["report", "secret.json", "--language", language]);
  expect(err).toBe("");
  expect(leaksIn(out, ["a"])).toEqual([]);
});
