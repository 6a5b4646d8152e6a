import { compareStates, readState, type ResourceDrift } from "../../drift";
import { entry, exportOf, queue, queueUrn, table, tableUrn, type EntryChange } from "../support/driftStates";

function drifts(desired: readonly unknown[], actual: readonly unknown[]): readonly ResourceDrift[] {
  return compareStates(readState(exportOf(...desired)), readState(exportOf(...actual)));
}

/** Path, from and to of the one resource that has drifted. */
function changes(desired: unknown, actual: unknown) {
  const found = drifts([desired], [actual]);
  expect(found.length).toBeLessThan(2);
  return (found[0]?.changes ?? []).map(({ path, from, to }) => [path, from, to]);
}

describe("a property that somebody has changed", () => {
  test("is named with its path, from what, and to what", () => {
    expect(changes(queue(), queue({ inputs: { delaySeconds: 30, tags: { team: "y" } } }))).toEqual([
      ["delaySeconds", 0, 30],
      ["tags.team", "x", "y"],
    ]);
  });

  test("is told where a read gives outputs only", () => {
    expect(changes(queue(), { ...queue(), outputs: { ...queue().outputs, delaySeconds: 30 } })).toEqual([
      ["delaySeconds", 0, 30],
    ]);
  });

  test("is told where it was removed, and where it was never set", () => {
    expect(changes(queue(), queue({ inputs: { tags: {} } }))).toEqual([["tags.team", "x", undefined]]);
    expect(changes(queue(), queue({ inputs: { policy: "{}" } }))).toEqual([["policy", undefined, "{}"]]);
  });

  test("in a list of AWS is named by the member's name, in one of Kubernetes by its place", () => {
    expect(changes(table(), table({ inputs: { replicas: [{ regionName: "ap-northeast-3" }] } }))).toEqual([
      ["replicas[ap-northeast-1]", { regionName: "ap-northeast-1" }, undefined],
    ]);
    const pod = (image: string) =>
      entry("kubernetes:core/v1:Pod", "p", { spec: { containers: [{ name: "a", image }], nodeName: "n" } });
    expect(changes(pod("a:1"), pod("a:2"))).toEqual([["spec.containers[0].image", "a:1", "a:2"]]);
  });

  test("under a key with dots is quoted", () => {
    const named = (site: string) =>
      entry("kubernetes:core/v1:Node", "n", { metadata: { labels: { "duplex.dev/site": site } } });
    expect(changes(named("a"), named("b"))).toEqual([['metadata.labels["duplex.dev/site"]', "a", "b"]]);
  });
});

describe("a refresh's artefact is no drift:", () => {
  const same: readonly (readonly [string, unknown, unknown])[] = [
    ["the order of a set", table(), table({ inputs: { replicas: [{ regionName: "ap-northeast-3" }, { regionName: "ap-northeast-1" }] } })],
    ["tags that the provider computes", queue(), queue({ outputs: { tagsAll: { team: "x", "aws:a": "b" } } })],
    ["tags of the vendor's own prefix", queue(), queue({ inputs: { tags: { team: "x", "aws:cloudformation:x": "1" } } })],
    ["nothing, null and empty", queue({ inputs: { policy: "" } }), queue({ inputs: { policy: null, kmsKeys: [] } })],
    ["an input that a cloud never answers", queue(), { ...queue(), inputs: { ...queue().inputs, forceDestroy: false } }],
    ["a write-only input that a read leaves out", { ...queue(), inputs: { ...queue().inputs, skip: true } }, queue()],
    ["an input in another spelling of the same answer", { ...queue(), inputs: { ...queue().inputs, delaySeconds: "0" } }, queue()],
    ["the engine's note of defaults", queue({ inputs: { __defaults: ["name"] } }), queue({ inputs: { __defaults: [] } })],
    [
      "the bookkeeping of an API server",
      entry("kubernetes:core/v1:Service", "s", { metadata: { name: "s", generation: 1, managedFields: [{ manager: "a" }] } }),
      entry("kubernetes:core/v1:Service", "s", { metadata: { name: "s", generation: 9, managedFields: [], uid: "u" } }),
    ],
  ]; // prettier-ignore

  test.each(same)("%s", (_, desired, actual) => {
    expect(drifts([desired], [actual])).toEqual([]);
  });

  test("a value that only the cloud sets is told apart", () => {
    const [drift] = drifts([queue()], [queue({ outputs: { lastModified: "today" } })]);
    expect(drift?.changes).toEqual([{ path: "lastModified", from: undefined, to: "today", computed: true }]);
  });
});

test("a secret that only ciphertext holds is not compared", () => {
  const secret = (ciphertext: string): EntryChange => ({
    inputs: { password: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext } },
  });
  expect(drifts([queue(secret("v1:a"))], [queue(secret("v1:b"))])).toEqual([]);
});

test("the order of containers is a setting", () => {
  const pod = (...containers: readonly string[]) =>
    entry("kubernetes:core/v1:Pod", "p", { spec: { containers: containers.map((name) => ({ name })) } });
  expect(changes(pod("a", "b"), pod("b", "a"))).toHaveLength(2);
});

test("a resource that is gone, and one that no state knows, sorted by URN", () => {
  expect(drifts([table()], [queue()])).toMatchObject([
    { kind: "gone", urn: tableUrn, id: "ledger-id" },
    { kind: "unmanaged", urn: queueUrn, id: "mail-id" },
  ]);
});

test("nothing is said of what could not be read, nor of components and providers", () => {
  const provider = entry("pulumi:providers:aws", "p", { region: "a" });
  const desired = readState(exportOf(table(), provider));
  expect(compareStates(desired, readState(exportOf()), { unread: new Set([tableUrn]) })).toEqual([]);
});

test("what ignoreChanges names is listed apart, with all that stands in it", () => {
  const ignoring = { ignoreChanges: ["tags", "attributes[*].type"] };
  const [drift] = drifts([queue(ignoring)], [queue({ inputs: { delaySeconds: 5, tags: { team: "y" } } })]);
  expect(drift?.changes.map(({ path }) => path)).toEqual(["delaySeconds"]);
  expect(drift?.ignored.map(({ path }) => path)).toEqual(["tags.team"]);
});

test("an object on its way out is neither deployed nor there", () => {
  expect(drifts([{ ...queue(), delete: true }], [])).toEqual([]);
});
