import { detectDrift, readState, type Detection, type ExpectedDrift } from "../../drift";
import { entry, exportOf, oneCopy, queue, queueUrn, table, tableUrn } from "../support/driftStates";

const today = "2022-10-15";

function detect(
  desired: readonly unknown[],
  actual: readonly unknown[],
  more: { readonly expected?: readonly ExpectedDrift[]; readonly unread?: readonly string[] } = {},
): Detection {
  return detectDrift({
    desired: readState(exportOf(...desired)),
    actual: readState(exportOf(...actual)),
    expected: more.expected,
    unread: more.unread?.map((urn) => ({ urn, reason: "the region does not answer" })),
    today,
    options: { inventory: {}, judge: { today } },
  });
}

const rule = (change: Partial<ExpectedDrift>): ExpectedDrift => ({
  resource: "aws:sqs/*",
  reason: "The team tags by hand.",
  owner: "mail",
  expires: today,
  ...change,
});

/** A bucket, and its replication to the other with a promise of so many minutes. */
function copiedBucket(name: string, other: string, minutes: number) {
  const region = name === "seoul" ? "ap-northeast-2" : "ap-northeast-1";
  const tags = { "duplex:service": "photos", "duplex:tier": "important", "duplex:layer": "store" };
  const destination = {
    bucket: `arn:aws:x:::photos-${other}`,
    replicationTime: { status: "Enabled", time: { minutes } },
  };
  return [
    entry("aws:s3/bucket:Bucket", `photos-${name}`, { region, tags }),
    entry("aws:s3/bucketReplicationConfig:BucketReplicationConfig", `photos-${name}`, {
      region,
      bucket: `photos-${name}-id`,
      rules: [{ id: "all", status: "Enabled", destination }],
    }),
  ];
}

describe("classes", () => {
  test("the same state is no drift", () => {
    expect(detect([table(), queue()], [queue(), table()])).toMatchObject({ verdict: "none", drifts: [], compared: 2 });
  });

  test("what no reader reads is cosmetic", () => {
    const found = detect([table(), queue()], [table(), queue({ inputs: { tags: { team: "y" } } })]);
    expect(found).toMatchObject({ verdict: "bearable", drifts: [{ class: "cosmetic", drift: { urn: queueUrn } }] });
  });

  test("a lost copy that leaves two is bearable", () => {
    const found = detect([table()], [table({ inputs: { replicas: [{ regionName: "ap-northeast-1" }] } })]);
    const nothing = { findings: [], survival: [] };
    expect(found).toMatchObject({
      verdict: "bearable",
      losses: nothing,
      drifts: [{ class: "bearable", losses: nothing }],
    });
  });

  test("the last copy but one is dangerous, and names service, domain and policy", () => {
    const found = detect([table(), queue()], [table(oneCopy), queue({ inputs: { delaySeconds: 1 } })]);
    expect(found.verdict).toBe("lost");
    expect(found.drifts.map((each) => [each.class, each.drift.urn])).toEqual([
      ["dangerous", tableUrn],
      ["cosmetic", queueUrn],
    ]);
    expect(found.losses.survival).toEqual([{ service: "ledger", tier: "critical", domain: "region:ap-northeast-2" }]);
    expect(found.losses.findings.map(({ policy }) => policy)).toContain("single-region");
  });

  test("a lowered tier excuses nothing that is lost along with it", () => {
    const words = { "duplex:service": "ledger", "duplex:layer": "store" };
    const critical = { deletionProtectionEnabled: true, tags: { ...words, "duplex:tier": "critical" } };
    const lowered = { ...critical, tags: { ...words, "duplex:tier": "standard" } };
    const open = { ...lowered, deletionProtectionEnabled: false };
    const [alone] = detect([table({ inputs: critical })], [table({ inputs: lowered })]).drifts;
    const [both] = detect([table({ inputs: critical })], [table({ inputs: open })]).drifts;
    expect(alone).toMatchObject({ class: "bearable" });
    expect(both).toMatchObject({ class: "dangerous", losses: { findings: [{ policy: "deletion-protection" }] } });
  });

  test("of two changes that the model reads only together neither is cosmetic", () => {
    const objects = (minutes: readonly [number, number]) => [
      ...copiedBucket("seoul", "tokyo", minutes[0]),
      ...copiedBucket("tokyo", "seoul", minutes[1]),
      queue({ inputs: { delaySeconds: minutes[0] } }),
    ];
    const classes = (actual: readonly [number, number]) =>
      detect(objects([15, 15]), objects(actual)).drifts.map((each) => [each.class, each.drift.urn.split("::").at(-1)]);
    expect(classes([10, 15])).toEqual([
      ["cosmetic", "photos-seoul"],
      ["cosmetic", "mail"],
    ]);
    expect(classes([10, 10])).toEqual([
      ["bearable", "photos-seoul"],
      ["bearable", "photos-tokyo"],
      ["cosmetic", "mail"],
    ]);
  });

  test("a service that is gone is lost, whatever else is there", () => {
    const found = detect([table(), queue()], [queue()]);
    expect(found.losses.survival).toEqual([{ service: "ledger", tier: "critical", domain: null }]);
    expect(found).toMatchObject({ verdict: "lost", drifts: [{ class: "dangerous", drift: { kind: "gone" } }] });
  });

  test("a state that was refused before loses nothing by staying so", () => {
    expect(detect([table(oneCopy)], [table(oneCopy)])).toMatchObject({ verdict: "none", losses: { findings: [] } });
  });

  test("drift that is dangerous only together is told of each that takes part", () => {
    const replica = (name: string, region: string) =>
      entry("aws:dynamodb/tableReplica:TableReplica", name, { region, globalTableArn: "arn:aws:x:::ledger" });
    const tokyo = replica("tokyo", "ap-northeast-1");
    const important = table({ inputs: { replicas: [], tags: { "duplex:service": "ledger", "duplex:tier": "important", "duplex:layer": "store" } } }); // prettier-ignore
    const osaka = replica("osaka", "ap-northeast-3");
    const each = detect([important, tokyo, osaka], [important, osaka]);
    expect(each.verdict).toBe("bearable");
    const both = detect([important, tokyo, osaka], [important]);
    expect(both.verdict).toBe("lost");
    expect(both.drifts.map(({ class: name, together }) => [name, together])).toEqual([
      ["dangerous", true],
      ["dangerous", true],
    ]);
  });

  test("a computed value that the model does not read is a refresh's artefact", () => {
    const found = detect([queue()], [queue({ outputs: { lastModified: "2022-10-15" } })]);
    expect(found).toMatchObject({ verdict: "none", drifts: [] });
  });

  test("of many changes only the one that matters is dangerous", () => {
    const queues = (delaySeconds: number) =>
      Array.from({ length: 200 }, (_, index) => entry("aws:sqs/queue:Queue", `q${index}`, { region: "ap-northeast-2", delaySeconds })); // prettier-ignore
    const found = detect([table(), ...queues(0)], [table(oneCopy), ...queues(1)]);
    expect(found.drifts).toHaveLength(201);
    expect(found.drifts.filter((each) => each.class !== "cosmetic").map(({ drift }) => drift.urn)).toEqual([tableUrn]);
  });
});

describe("expected drift", () => {
  const changed = queue({ inputs: { delaySeconds: 9, tags: { team: "y" } } });

  test("is listed, and no drift, while its rule holds", () => {
    const found = detect([queue()], [changed], { expected: [rule({})] });
    expect(found).toMatchObject({ verdict: "none", drifts: [], rules: [{ expired: false }] });
    expect(found.expected.map(({ change }) => change?.path)).toEqual(["delaySeconds", "tags.team"]);
  });

  test("leaves what its property does not name", () => {
    const found = detect([queue()], [changed], { expected: [rule({ property: "tags" })] });
    expect(found.drifts[0]?.drift.changes.map(({ path }) => path)).toEqual(["delaySeconds"]);
    expect(found.verdict).toBe("bearable");
  });

  test("excuses nothing on the day after its last, and is reported", () => {
    const found = detect([queue()], [changed], { expected: [rule({ expires: "2022-10-14" })] });
    expect(found).toMatchObject({ verdict: "bearable", expected: [], rules: [{ expired: true }] });
    expect(found.rules[0]?.matches).toEqual([`${queueUrn} delaySeconds`, `${queueUrn} tags.team`]);
  });

  test("never excuses the loss of survival", () => {
    const found = detect([table()], [table(oneCopy)], { expected: [rule({ resource: "*" })] });
    expect(found).toMatchObject({ verdict: "lost", expected: [], drifts: [{ class: "dangerous" }] });
  });

  test("neither does ignoreChanges, which is otherwise respected and listed", () => {
    const ignoring = { ignoreChanges: ["replicas", "delaySeconds"] };
    const harmless = detect([queue(ignoring)], [queue({ inputs: { delaySeconds: 3 } })]);
    expect(harmless).toMatchObject({ verdict: "none", ignored: [{ urn: queueUrn, change: { path: "delaySeconds" } }] });
    expect(detect([table(ignoring)], [table(oneCopy)])).toMatchObject({ verdict: "lost", ignored: [] });
  });
});

describe("what could not be read", () => {
  test("is not judged, and the rest is", () => {
    const found = detect([table(), queue()], [table(), queue()], { unread: [tableUrn] });
    expect(found).toMatchObject({ verdict: "unread", compared: 1, unread: [{ urn: tableUrn }] });
  });

  test("does not hide what is lost elsewhere", () => {
    expect(detect([table(), queue()], [table(oneCopy), queue()], { unread: [queueUrn] }).verdict).toBe("lost");
  });
});
