/** A state that is read block by block is the state that `JSON.parse` reads whole, or is left to be read in one piece. */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { encryptedNames } from "../../../cli/input/encrypted";
import { readStateFile } from "../../../cli/input/stateFile";
import { fromStateExport } from "../../../inventory/sources/stateExport";
import { CommandLine } from "../../support/cli";
import { oneBuildingState } from "../../support/states";

const prefix = "urn:pulumi:prod::shop";
const secretKey = "4dabf18193072939515e22adb298388d";
/** A file, which says nothing: then an input counts. */
const asset = { [secretKey]: "c44067f5952c0a294b673a41bacd8c17", hash: "0" };
const secret = { [secretKey]: "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:abc" };

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "duplex-state-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The text as the engine writes it. */
function laidOut(document: unknown): string {
  return `${JSON.stringify(document, undefined, 4)}\n`;
}

function fileOf(text: string | Uint8Array): string {
  const file = join(folder, "state.json");
  writeFileSync(file, text);
  return file;
}

function stateOf(resources: readonly unknown[], rest: object = {}): unknown {
  const manifest = { time: "2022-10-15T15:19:00Z", magic: "", version: "v3.259.0" };
  return { version: 3, deployment: { manifest, resources, ...rest } };
}

function bucket(name: string, more: object = {}): object {
  return { urn: `${prefix}::aws:s3/bucket:Bucket::${name}`, custom: true, type: "aws:s3/bucket:Bucket", ...more };
}

const word = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.constantFrom('{\n "urn": "urn:pulumi:', "},\n{"),
);
const properties = fc.dictionary(
  fc.oneof(fc.constantFrom("urn", "resources", "tags", "__proto__", "id"), word),
  fc.oneof(
    fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<unknown>,
    fc.constantFrom(secret, asset),
    word.map((name) => [{ urn: `${prefix}::t::${name}` }, { urn: 3 }]),
  ),
);
const state = fc
  .record({
    resources: fc.array(
      fc.tuple(word, properties, properties).map(([name, inputs, outputs]) => bucket(name, { inputs, outputs })),
      { minLength: 1, maxLength: 12 },
    ),
    pending: fc.array(properties, { maxLength: 2 }),
  })
  .map(({ resources, pending }) =>
    stateOf(resources, {
      pending_operations: pending.map((inputs) => ({ resource: bucket("pending", { inputs }), type: "creating" })),
      metadata: { resources: ["resources"] },
    }),
  );

test("whatever stands in the resources, and however small the blocks are", () => {
  let seen = 0;
  fc.assert(
    fc.property(state, fc.integer({ min: 400, max: 3_000 }), (document, blockBytes) => {
      const text = laidOut(document);
      const read = readStateFile(fileOf(text), { isCompact: false, blockBytes });
      expect(read?.document).toEqual(JSON.parse(text));
      expect([...(read?.encrypted ?? [])].sort()).toEqual([...encryptedNames(JSON.parse(text), text)].sort());
      seen += Number(text.length > blockBytes);
    }),
    { numRuns: 400 },
  );
  expect(seen).toBeGreaterThan(100);
});

test("compact resources are the same resources, but for properties that say nothing", () => {
  fc.assert(
    fc.property(state, (document) => {
      const text = laidOut(document);
      const whole = fromStateExport(JSON.parse(text));
      const compact = fromStateExport(readStateFile(fileOf(text), { isCompact: true })?.document);
      const plain = ({ properties }: (typeof whole)[number]) =>
        Object.entries(properties)
          .filter(([, value]) => value !== null)
          .sort(([a], [b]) => (a < b ? -1 : 1));
      expect(compact.map(plain)).toEqual(whole.map(plain));
      const rest = (one: (typeof whole)[number]) => [
        one.urn,
        one.type,
        one.id,
        one.parent,
        one.provider,
        one.custom,
        one.dependencies,
        one.propertyDependencies,
      ];
      expect(compact.map(rest)).toEqual(whole.map(rest));
    }),
    { numRuns: 300 },
  );
});

test("resources on their way out stay out of a compact state", () => {
  const document = stateOf([
    bucket("kept"),
    bucket("gone", { delete: true }),
    bucket("old", { pendingReplacement: true }),
  ]);
  const read = readStateFile(fileOf(laidOut(document)), { isCompact: true });
  expect(fromStateExport(read?.document).map(({ name }) => name)).toEqual(["kept"]);
});

describe("is left to be read in one piece", () => {
  const usual = laidOut(stateOf([bucket("a"), bucket("b"), bucket("c")]));

  test.each<[string, string | Uint8Array]>([
    ["what is laid out in another way", JSON.stringify(stateOf([bucket("a")]))],
    ["a state without resources", laidOut(stateOf([]))],
    ["a state that is cut off in a resource", usual.slice(0, -200)],
    ["a state that is cut off after its resources", usual.slice(0, -8)],
    ["a resource that is no JSON", usual.replace('"custom": true', '"custom": yes')],
    ["a resource that is not the last and ends as one", usual.replace("            },\n", "            }\n")],
    ["what stands around the resources and is no JSON", usual.replace('"version": 3,', '"version": 3,,')],
    ["a list of resources elsewhere", laidOut({ stack: { resources: [bucket("a")] }, deployment: {} })],
    [
      "a second list of resources",
      usual.replace(
        '"deployment": {',
        '"deployment": {\n        "resources": [\n            {\n                "urn": "urn:pulumi:x"\n            }\n        ],',
      ),
    ],
    ["a gap that is none", usual.replace("            },\n", "            };\n")],
    ["what is not in UTF-8", Buffer.from(usual.replace("Bucket::b", "Bucket::\u00ff"), "latin1")],
    ["an empty file", ""],
  ])("%s", (_, text) => {
    expect(readStateFile(fileOf(text), { isCompact: false })).toBeUndefined();
    expect(readStateFile(fileOf(text), { isCompact: true, blockBytes: 500 })).toBeUndefined();
  });

  test("what is not there, and a folder", () => {
    expect(readStateFile(join(folder, "none.json"), { isCompact: false })).toBeUndefined();
    expect(readStateFile(folder, { isCompact: false })).toBeUndefined();
  });
});

describe("the command line", () => {
  let commandLine: CommandLine;
  beforeEach(() => (commandLine = new CommandLine()));
  afterEach(() => commandLine.remove());

  test("judges a state the same however it is laid out", async () => {
    const document = oneBuildingState({ annotations: { key: secret, other: null, 이름: "판교" } });
    await commandLine.write("laid-out.json", laidOut(document));
    await commandLine.write("packed.json", document);
    const one = await commandLine.duplex(["check", "laid-out.json", "--format", "json"]);
    const other = await commandLine.duplex(["check", "packed.json", "--format", "json"]);
    const told = ({ out, ...rest }: typeof one) => ({ ...rest, out: out.replaceAll(/laid-out|packed/g, "state") });
    expect(told(one)).toEqual(told(other));
    expect(one.out).toContain("metadata.annotations.key");
  });

  test("names the place of a mistake in a state that is laid out", async () => {
    await commandLine.write("state.json", laidOut(oneBuildingState()).replace('"custom": true', '"custom": yes'));
    const answer = await commandLine.duplex(["check", "state.json"]);
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err).toMatch(/state\.json:\d+.*DPX006|DPX006.*state\.json:\d+/s);
  });

  test("reads a state out of a pipe that can be read once", async () => {
    const fifo = join(commandLine.folder, "pipe");
    expect(spawnSync("mkfifo", [fifo]).status).toBe(0);
    const file = join(commandLine.folder, await commandLine.write("state.json", laidOut(oneBuildingState())));
    const writer = spawn("cp", [file, fifo]);
    const answer = await commandLine.duplex(["check", "pipe", "--format", "json"]);
    writer.kill();
    const beside = await commandLine.duplex(["check", "state.json", "--format", "json"]);
    expect(answer.err).toBe("");
    expect(answer.out).toBe(beside.out.replaceAll("state.json", "pipe"));
    expect(readFileSync(file, "utf8")).toContain("messenger");
  });
});
