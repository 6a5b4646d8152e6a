/** Where an answer goes: into regular files by taking their place, into anything else by being written. */
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CommandLine } from "../../support/cli";
import { oneBuildingState } from "../../support/states";

let commandLine: CommandLine;
beforeEach(() => {
  commandLine = new CommandLine();
});
afterEach(() => commandLine.remove());

const at = (name: string) => join(commandLine.folder, name);
const input = JSON.stringify(oneBuildingState());
const write = (output: string) =>
  commandLine.duplex(["check", "-", "--format", "summary", "--output", output], { input });
jest.setTimeout(60_000);

const whole = /^REFUSED: [\s\S]*\n$/;

test("a file that is there keeps its mode, and nothing is left beside it", async () => {
  writeFileSync(at("report"), "earlier");
  chmodSync(at("report"), 0o640);
  expect(await write("report")).toMatchObject({ code: 3, out: "", err: "" });
  expect(readFileSync(at("report"), "utf8")).toMatch(whole);
  expect(statSync(at("report")).mode & 0o777).toBe(0o640);
  expect(readdirSync(commandLine.folder)).toEqual(["report"]);
});

test("a link stays one, and what it leads to is written, whether it is there or not", async () => {
  mkdirSync(at("kept"));
  writeFileSync(at("kept/report"), "earlier");
  symlinkSync("kept/report", at("there"));
  symlinkSync("kept/new", at("dangling"));
  for (const [link, target] of [
    ["there", "kept/report"],
    ["dangling", "kept/new"],
  ] as const) {
    expect(await write(link)).toMatchObject({ code: 3, err: "" });
    expect(lstatSync(at(link)).isSymbolicLink()).toBe(true);
    expect(readFileSync(at(target), "utf8")).toMatch(whole);
  }
});

test("a pipe is written into, and stays one", async () => {
  execFileSync("mkfifo", [at("pipe")]);
  const read = readFile(at("pipe"), "utf8");
  expect(await write("pipe")).toMatchObject({ code: 3, err: "" });
  expect(await read).toMatch(whole);
  expect(statSync(at("pipe")).isFIFO()).toBe(true);
});

test.each([
  ["a folder", ".", "EISDIR"],
  ["a folder that is not there", "gone/report", "ENOENT"],
  ["a name that is too long", "x".repeat(300), "ENAMETOOLONG"],
])("%s is a mistake of the user's", async (_, output, reason) => {
  const { code, out, err } = await write(output);
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toContain(`(${reason})`);
  expect(err).toMatch(/\[DPX011\]\n$/);
});

test("a name as long as the system allows is none", async () => {
  expect(await write("x".repeat(255))).toMatchObject({ code: 3, err: "" });
});

test("what is read from a pipe is read to its end", async () => {
  execFileSync("mkfifo", [at("state.json")]);
  const written = writeFile(at("state.json"), "{}");
  const { code, err } = await commandLine.duplex(["check", "state.json"]);
  await written;
  expect(code).toBe(1);
  expect(err).toMatch(/\[DPX400\]/);
});

test("a folder whose links lead in a circle ends", async () => {
  mkdirSync(at("manifests/deep"), { recursive: true });
  symlinkSync("..", at("manifests/deep/up"));
  symlinkSync("self", at("manifests/self"));
  await commandLine.write("a.json", { version: 3, deployment: { resources: [] } });
  for (const argv of [
    ["check", "manifests"],
    ["drift", "--state", "a.json", "--actual", "a.json", "--live", "manifests"],
    ["drift", "--state", "a.json", "--actual", "a.json", "--attribution", "manifests"],
  ]) {
    const { code, err } = await commandLine.duplex(argv);
    expect(code).toBe(1);
    expect(err).toMatch(/\[DPX\d{3}\]/);
    expect(err).not.toMatch(/defect/);
  }
});
