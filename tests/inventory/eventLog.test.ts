/** The engine's event log, line by line. */
import { fromEventLog, looksLikeEventLog } from "../../inventory";
import { UserError } from "../../model";

const urn = (name: string) => `urn:pulumi:prod::shop::aws:sqs/queue:Queue::${name}`;
let sequence = 0;
const event = (body: object) => JSON.stringify({ sequence: sequence++, timestamp: 1_700_000_000, ...body });
const state = (name: string, outputs: object = {}) => ({
  urn: urn(name),
  type: "aws:sqs/queue:Queue",
  custom: true,
  id: "",
  parent: "",
  provider: "",
  inputs: { name },
  outputs,
});
const planned = (op: string, name: string, body: object | undefined = state(name)) =>
  event({ resourcePreEvent: { metadata: { op, urn: urn(name), type: "aws:sqs/queue:Queue", new: body } } });
const summary = event({ summaryEvent: { durationSeconds: 1, resourceChanges: {} } });

function codesOf(text: string): readonly (string | number | undefined)[][] {
  try {
    fromEventLog(text);
  } catch (error) {
    if (error instanceof UserError) return error.mistakes.map(({ code, line }) => [code, line]);
    throw error;
  }
  return [];
}

describe("an event log", () => {
  it("holds the resources that are there after the operation, with their outputs where it has any", () => {
    const done = event({
      resOutputsEvent: { metadata: { op: "create", urn: urn("a"), type: "aws:sqs/queue:Queue", new: state("a", { arn: "arn:a" }) } },
    }); // prettier-ignore
    const lines = [
      event({ preludeEvent: { config: {} } }),
      planned("create", "a"),
      planned("same", "b"),
      planned("delete", "gone", undefined),
      planned("create-replacement", "c"),
      planned("delete-replaced", "c", undefined),
      done,
      summary,
    ];
    const resources = fromEventLog(lines.join("\n"));
    expect(resources.map(({ name }) => name)).toEqual(["a", "b", "c"]);
    expect(resources[0]?.properties).toMatchObject({ name: "a", arn: "arn:a" });
  });

  it("is told from other JSON by its first event", () => {
    expect(looksLikeEventLog(planned("same", "a"))).toBe(true);
    expect(looksLikeEventLog('{"version":3,"deployment":{}}')).toBe(false);
    expect(looksLikeEventLog("kind: List")).toBe(false);
  });

  it("is refused with the line where a line is no event, and as a whole where its end is missing", () => {
    expect(codesOf([planned("same", "a"), "{", summary].join("\n"))).toEqual([["DPX414", 2]]);
    expect(codesOf(planned("same", "a"))).toEqual([["DPX415", undefined]]);
  });
});
