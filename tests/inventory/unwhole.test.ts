/** What a preview, an event log and a state say of themselves: what stays, what is gone, and what is not whole. */
import { fromPreviewJson } from "../../inventory";
import { UNKNOWN } from "../../inventory/resource";
import { readEventLog } from "../../inventory/sources/eventLog";
import { readPreviewJson } from "../../inventory/sources/previewJson";
import { readStateExport } from "../../inventory/sources/stateExport";
import { UserError } from "../../model";

const urn = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;
const table = "aws:dynamodb/table:Table";
const provider = `${urn("pulumi:providers:aws", "default_7_48_0")}::04da6b54-80e4-46f7-96ec-b56ff0331ba9`;
const record = (name: string, more: object = {}) => ({
  urn: urn(table, name),
  type: table,
  custom: true,
  inputs: { name, hashKey: "id" },
  ...more,
});
const old = (name: string, outputs: object = {}) =>
  record(name, { id: `${name}-1`, outputs: { name, hashKey: "id", arn: `arn:${name}`, tagsAll: {}, ...outputs } });
const step = (op: string, name: string, more: object = {}) => ({
  op,
  urn: urn(table, name),
  oldState: op === "create" ? undefined : old(name),
  newState: op.startsWith("delete") ? undefined : record(name),
  ...more,
});
const preview = (steps: readonly object[], more: object = {}) => ({
  steps,
  changeSummary: { update: steps.length },
  ...more,
});

function mistakesOf(act: () => unknown): readonly { readonly code: string; readonly message: string }[] {
  try {
    act();
  } catch (error) {
    if (error instanceof UserError) return error.mistakes;
    throw error;
  }
  return [];
}

describe("a step of a preview", () => {
  it("that changes nothing keeps the id and all outputs, those of components among them", () => {
    const site = { urn: urn("duplex:site:Site", "a"), type: "duplex:site:Site", custom: false };
    const steps = [
      step("same", "a"),
      { op: "same", urn: site.urn, oldState: { ...site, outputs: { site: { name: "a" } } }, newState: site },
    ];
    const [first, second] = fromPreviewJson(preview(steps));
    expect(first).toMatchObject({ id: "a-1", properties: { name: "a", arn: "arn:a" } });
    expect(second?.properties).toEqual({ site: { name: "a" } });
  });

  it("that updates keeps what the provider computed, and nothing that changes or was an input", () => {
    const change = { diffReasons: ["tags"], detailedDiff: { "readCapacity[0].of": { kind: "update" } } };
    const newState = record("a", { inputs: { name: "b" } });
    const oldState = old("a", { readCapacity: 1, streamArn: "stream" });
    const [read] = fromPreviewJson(preview([step("update", "a", { oldState, newState, ...change })]));
    expect(read?.properties).toEqual({ name: "b", arn: "arn:a", streamArn: "stream" });
    expect(read?.id).toBe("a-1");
  });

  it("that makes or replaces keeps nothing", () => {
    const steps = ["create", "replace", "create-replacement", "import-replacement"].map((op) => step(op, op));
    for (const read of fromPreviewJson(preview(steps))) {
      expect(read.id).toBeUndefined();
      expect(Object.keys(read.properties)).toEqual(["name", "hashKey"]);
    }
  });

  it("of a refresh counts until what is deleted or renamed after it", () => {
    const renamed = step("same", "new", { oldState: old("was") });
    const steps = [step("refresh", "gone"), step("refresh", "was"), step("delete", "gone"), renamed];
    expect(fromPreviewJson(preview(steps)).map(({ name }) => name)).toEqual(["new"]);
  });

  it("that discards what was read takes it away; one of a pending replacement does not", () => {
    const steps = [
      step("read", "a"),
      step("discard", "a", { newState: record("a") }),
      step("remove-pending-replace", "b"),
      step("create-replacement", "b"),
      step("discard-replaced", "b"),
    ];
    expect(fromPreviewJson(preview(steps)).map(({ name }) => name)).toEqual(["b"]);
  });

  it("names a default provider, which is what the configuration says of it", () => {
    const config = { "aws:region": "eu-west-1", "aws:defaultTags": '{"tags":{"a":"b"}}', "kubernetes:context": "x" };
    const newState = record("a", { provider });
    const [, found] = fromPreviewJson(preview([step("create", "a", { newState })], { config }));
    expect(found).toMatchObject({ type: "pulumi:providers:aws", name: "default_7_48_0", custom: true });
    expect(found?.properties).toEqual({ region: "eu-west-1", defaultTags: { tags: { a: "b" } } });
  });

  it("shows a secret as not known", () => {
    const newState = record("a", { inputs: { name: "[secret]" } });
    expect(fromPreviewJson(preview([step("create", "a", { newState })]))[0]?.properties).toEqual({ name: UNKNOWN });
  });
});

describe("a preview that has not come to its end", () => {
  const error = { severity: "error", message: "error: Running program failed:\n    at index.js\u001b[31m", urn: "" };

  it.each([
    [
      "with an error",
      preview([step("same", "a")], { diagnostics: [error] }),
      /says: error: Running program failed: at/,
    ],
    ["without a summary", { steps: [step("same", "a")] }, /must end with the operation's summary/],
    ["in doubt", preview([step("same", "a")], { maybeCorrupt: true }), /corrupt/],
  ])("%s is refused with what the engine says", (_, document, message) => {
    const [found] = mistakesOf(() => readPreviewJson(document));
    expect(found?.code).toBe("DPX416");
    expect(found?.message).toMatch(message);
    // eslint-disable-next-line no-control-regex -- that none of them is left
    expect(found?.message).not.toMatch(/[\u0000-\u001f]/);
  });

  it("is none for what the engine only warns of or prints", () => {
    const diagnostics = ["warning", "info", "info#err", "debug"].map((severity) => ({ severity, message: "error" }));
    expect(readPreviewJson(preview([step("same", "a")], { diagnostics })).resources).toHaveLength(1);
  });
});

describe("an event log", () => {
  const event = (body: object) => JSON.stringify({ sequence: 1, timestamp: 1, ...body });
  const metadata = (op: string, name: string, outputs: object) => ({
    op,
    urn: urn(table, name),
    old: op === "create" ? null : old(name),
    new: { ...record(name), outputs },
  });
  const planned = (op: string, name: string) => event({ resourcePreEvent: { metadata: metadata(op, name, {}) } });
  const done = (op: string, name: string, outputs: object) =>
    event({ resOutputsEvent: { metadata: metadata(op, name, outputs) } });
  const summary = (more: object = {}) => event({ summaryEvent: { maybeCorrupt: false, durationSeconds: 1, ...more } });
  const log = (...lines: readonly string[]) => lines.join("\n");

  it("gives the configuration, and of what is same the outputs of before", () => {
    const config = { "aws:region": "eu-west-1" };
    const read = readEventLog(log(event({ preludeEvent: { config } }), planned("same", "a"), summary()));
    expect(read.config).toEqual(config);
    expect(read.resources[0]?.properties).toMatchObject({ arn: "arn:a" });
  });

  it("keeps the outputs of a replacement, whose own step comes last and without any", () => {
    const made = done("create-replacement", "a", { arn: "new" });
    const read = readEventLog(log(planned("create-replacement", "a"), made, done("replace", "a", {}), summary()));
    expect(read.resources[0]?.properties).toEqual({ name: "a", hashKey: "id", arn: "new" });
  });

  it.each([
    ["a result that is none", [summary({ result: "failed" })], /"failed"/],
    ["a cancellation", [summary({ result: "canceled" })], /"canceled"/],
    ["a summary in doubt", [summary({ maybeCorrupt: true, result: "succeeded" })], /corrupt/],
    ["an error", [event({ diagnosticEvent: { severity: "error", message: "no" } }), summary()], /says: no/],
    ["an error event", [event({ errorEvent: { error: "no" } }), summary()], /says: no/],
    [
      "a step that failed",
      [event({ resOpFailedEvent: { metadata: metadata("update", "a", {}) } }), summary()],
      /update/,
    ],
    ["an end before the end", [event({ cancelEvent: {} })], /must end with the operation's summary/],
    ["an update cut off after its preview", [summary(), event({ preludeEvent: {} })], /must end with/],
  ])("with %s is refused", (_, lines, message) => {
    const [found] = mistakesOf(() => readEventLog(log(planned("same", "a"), ...lines)));
    expect(found?.code).toBe("DPX415");
    expect(found?.message).toMatch(message);
  });

  it("that ends as the engine ends it is read", () => {
    const ending = [summary({ result: "succeeded" }), event({ cancelEvent: {} })];
    expect(readEventLog(log(planned("same", "a"), ...ending)).resources).toHaveLength(1);
  });
});

describe("a state", () => {
  const state = (resources: readonly object[], more: object = {}) => ({
    version: 3,
    deployment: { manifest: {}, resources, ...more },
  });
  const pending = (type: string, resource: object) => ({ pending_operations: [{ type, resource }] });

  it("does not count what may be gone or may not be there, and says so", () => {
    const deleting = readStateExport(state([old("a"), old("b")], pending("deleting", old("a"))));
    expect(deleting.resources.map(({ name }) => name)).toEqual(["b"]);
    expect(deleting.doubts).toMatchObject([{ urn: urn(table, "a"), type: table }]);
    expect(deleting.doubts[0]?.reason).toMatch(/cut off while it deleted it.*pending operation/);
    const creating = readStateExport(state([old("b")], pending("creating", record("a"))));
    expect(creating.resources.map(({ name }) => name)).toEqual(["b"]);
    expect(creating.doubts).toHaveLength(1);
  });

  it("keeps what was being updated, and what replaces the one that was being deleted", () => {
    const updating = readStateExport(state([old("a")], pending("updating", record("a"))));
    expect([updating.resources.length, updating.doubts.length]).toEqual([1, 1]);
    const second = { ...old("a"), id: "a-2" };
    const replaced = readStateExport(state([second, { ...old("a"), delete: true }], pending("deleting", old("a"))));
    expect(replaced.resources.map(({ id }) => id)).toEqual(["a-2"]);
    expect(replaced.leftOver).toEqual([urn(table, "a")]);
  });

  it("tells of what waits for its end, and of what did not come up", () => {
    const waiting = readStateExport(
      state([
        { ...old("a"), delete: true },
        { ...old("b"), pendingReplacement: true },
      ]),
    );
    expect(waiting.resources).toEqual([]);
    expect(waiting.doubts.map(({ urn: one }) => one)).toEqual([urn(table, "a"), urn(table, "b")]);
    const failing = readStateExport(
      state([
        { ...old("a"), initErrors: ["timed out"] },
        { ...old("b"), initErrors: [] },
      ]),
    );
    expect(failing.resources).toHaveLength(2);
    expect(failing.doubts).toMatchObject([{ urn: urn(table, "a") }]);
  });

  it("is taken as it is where it only says what it is", () => {
    const read = readStateExport(
      state([
        { ...old("a"), taint: true },
        { ...old("b"), external: true },
      ]),
    );
    expect(read.resources).toHaveLength(2);
    expect(read).toMatchObject({ doubts: [], leftOver: [], external: [urn(table, "b")] });
    expect(mistakesOf(() => readStateExport({ ...state([]), version: 4, features: ["taint", "hooks"] }))).toEqual([]);
  });

  it("of an unknown feature, or with an error that the engine wrote down, is refused by name", () => {
    const features = mistakesOf(() => readStateExport({ ...state([old("a")]), version: 4, features: ["of-tomorrow"] }));
    expect(features).toMatchObject([{ code: "DPX417", message: expect.stringContaining("of-tomorrow") as string }]);
    const broken = state([old("a")], {
      metadata: { integrity_error: { version: "3", command: "up", error: "twice" } },
    });
    expect(mistakesOf(() => readStateExport(broken))).toMatchObject([
      { code: "DPX418", message: expect.stringContaining("twice") as string },
    ]);
    expect(mistakesOf(() => readStateExport(state([old("a")], { metadata: {} })))).toEqual([]);
  });
});
