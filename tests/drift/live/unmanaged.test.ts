/** Objects that bear the words of a critical service: which of them no program makes. */
import {
  detectDrift,
  compareLive,
  readState,
  recognise,
  type Detection,
  type ExpectedDrift,
  type LiveRecord,
} from "../../../drift";
import { isFault } from "../../../drift";
import { plain } from "../../../inventory/sources/plain";
import { entry, exportOf, queue, table } from "../../support/driftStates";
import { deployment, listed, tagged } from "../../support/liveAnswers";

const today = "2022-10-15";
const options = { inventory: {}, judge: { today } };
const arn = (resource: string, service = "dynamodb") => `arn:aws:${service}:ap-northeast-2:111122223333:${resource}`;
const ledger = { "duplex:service": "ledger" };
const critical = { "duplex:tier": "critical" };

function recordsOf(...documents: readonly unknown[]): readonly LiveRecord[] {
  return documents.flatMap((document) => {
    const found = recognise(plain(document));
    if (found === undefined || isFault(found)) throw new Error("It is not recognised.");
    return found;
  });
}

function detect(resources: readonly unknown[], documents: readonly unknown[], expected: readonly ExpectedDrift[] = []): Detection {
  const state = readState(exportOf(...resources));
  const look = compareLive({ desired: state, actual: state }, recordsOf(...documents), {}, Date.parse(today));
  return detectDrift({ ...look, expected, today, options });
} // prettier-ignore

const unmanaged = (found: Detection) => found.drifts.map(({ drift }) => drift.urn.split("::").slice(2).join("::"));

test("one that no resource has is unmanaged, bearable, and told with what it is imported by", () => {
  const other = arn("table/ledger-2");
  const found = detect([table(), queue()], [tagged([other, ledger])]);
  expect(found).toMatchObject({
    verdict: "bearable",
    drifts: [{ class: "bearable", drift: { kind: "unmanaged", type: "aws:dynamodb/table:Table", id: "ledger-2" } }],
  });
  expect(unmanaged(found)).toEqual([`aws:dynamodb/table:Table::${other}`]);
  expect(found.losses).toEqual({ findings: [], survival: [] });
});

test("two of one name in two regions are two", () => {
  const other = arn("table/ledger").replace("northeast-2", "northeast-1");
  expect(detect([table()], [tagged([arn("table/ledger"), ledger], [other, ledger])]).drifts).toHaveLength(2);
});

describe("one is held", () => {
  const held = (resource: unknown, document: unknown) => detect([table(), resource], [document]);
  test.each<[string, unknown, string]>([
    ["by its ARN", entry("aws:sqs/queue:Queue", "q", {}, { outputs: { arn: arn("q", "sqs") } }), arn("q", "sqs")],
    ["by an id that AWS has drawn", { ...entry("aws:ec2/natGateway:NatGateway", "n", {}), id: "nat-0a1b2c3d4e5f60718" }, arn("natgateway/nat-0a1b2c3d4e5f60718", "ec2")],
    ["inside of what a resource was answered with", entry("aws:ec2/instance:Instance", "i", {}, { outputs: { rootBlockDevice: { volumeId: "vol-0a1b2c3d4e5f60718" } } }), arn("volume/vol-0a1b2c3d4e5f60718", "ec2")],
    ["by an ARN that ends otherwise", entry("aws:cloudwatch/logGroup:LogGroup", "l", {}, { outputs: { arn: arn("log-group:l", "logs") } }), arn("log-group:l:*", "logs")],
  ])("%s", (_, resource, key) => {
    expect(held(resource, tagged([key, { ...ledger, ...critical }])).verdict).toBe("none");
    expect(detect([table()], [tagged([key, { ...ledger, ...critical }])]).verdict).toBe("bearable");
  });

  test("not by an input that only names it", () => {
    const network = entry("aws:ec2/subnet:Subnet", "s", { vpcId: "vpc-0a1b2c3d4e5f60718" });
    expect(held(network, tagged([arn("vpc/vpc-0a1b2c3d4e5f60718", "ec2"), critical])).verdict).toBe("bearable");
  });

  test.each<[string, unknown, Record<string, string>]>([
    ["an autoscaling group", { ...entry("aws:autoscaling/group:Group", "g", {}), id: "web-group" }, { "aws:autoscaling:groupName": "web-group" }],
    ["a cluster of EKS", { ...entry("aws:eks/cluster:Cluster", "c", {}), id: "main" }, { "kubernetes.io/cluster/main": "owned" }],
    ["a cluster of ECS", entry("aws:ecs/cluster:Cluster", "c", { name: "tasks" }), { "aws:ecs:clusterName": "tasks" }],
  ])("as the doing of %s of the stack, and of no other", (_, maker, words) => {
    const made = tagged([arn("instance/i-0a1b2c3d4e5f60718", "ec2"), { ...ledger, ...words }]);
    expect(detect([table(), maker], [made]).verdict).toBe("none");
    expect(detect([table()], [made]).verdict).toBe("bearable");
  });

  test("by CloudFormation, or as a copy that serves nothing", () => {
    const made = tagged(
      [arn("table/cdk"), { ...ledger, "aws:cloudformation:stack-name": "cdk" }],
      [arn("cluster-snapshot:rds:orders-2022", "rds"), ledger],
      [arn("recovery-point:1", "backup"), ledger],
    );
    expect(detect([table()], [made]).verdict).toBe("none");
  });
}); // prettier-ignore

describe("whose it is", () => {
  const important = table({ inputs: { tags: { "duplex:service": "ledger", "duplex:tier": "important", "duplex:layer": "store" } } }); // prettier-ignore
  test.each([
    ["a critical service of the stack", table(), ledger, "bearable"],
    ["the same by a common tag", table(), { Service: "ledger" }, "bearable"],
    ["a service that is not critical", important, ledger, "none"],
    ["one that its own tag calls critical", important, { ...ledger, ...critical }, "bearable"],
    ["nobody, and critical", table(), critical, "bearable"],
    ["a service of another stack, which that one tells", table(), { "duplex:service": "pay", ...critical }, "none"],
    ["nobody", table(), { team: "x" }, "none"],
  ])("%s", (_, resource, words, verdict) => {
    expect(detect([resource], [tagged([arn("table/x"), words])]).verdict).toBe(verdict);
  });
});

describe("of Kubernetes", () => {
  const words = { "duplex.dev/service": "ledger" };
  const web = { ...entry("kubernetes:apps/v1:Deployment", "web", { metadata: { name: "web" } }), id: "shop/web" };
  const helm = entry("kubernetes:helm.sh/v3:Release", "r", { name: "rel", namespace: "shop" });
  const released = { annotations: { "meta.helm.sh/release-name": "rel", "meta.helm.sh/release-namespace": "shop" } };

  test("an object that no resource has is unmanaged", () => {
    const found = detect([table(), web], [listed(deployment("web", words), deployment("other", words))]);
    expect(unmanaged(found)).toEqual(["kubernetes:apps/v1:Deployment::shop/other"]);
    expect(found.drifts[0]?.drift.id).toBe("shop/other");
  });

  test("its service is told by the labels that the model goes by", () => {
    const app = (labels: Record<string, string>) => detect([table()], [listed(deployment("x", labels))]).verdict;
    expect([app({ app: "ledger" }), app({ app: "other" }), app({ "app.kubernetes.io/part-of": "ledger" })]).toEqual([
      "bearable",
      "none",
      "bearable",
    ]);
  });

  test("what a Helm release of the stack has made is not", () => {
    expect(detect([table(), helm], [listed(deployment("x", words, released))]).verdict).toBe("none");
    expect(detect([table()], [listed(deployment("x", words, released))]).verdict).toBe("bearable");
  });
});

test("a rule expects it, and no unmanaged object takes the place of what is gone", () => {
  const rule = { resource: "aws:dynamodb/table:Table", reason: "A restore is tested.", owner: "data", expires: today };
  const copy = tagged([arn("table/restored"), ledger]);
  expect(detect([table()], [copy], [rule])).toMatchObject({
    verdict: "none",
    expected: [{ urn: expect.stringMatching(/restored$/) as string }],
  });
  const [desired, actual] = [readState(exportOf(table(), queue())), readState(exportOf(queue()))];
  const look = compareLive({ desired, actual }, recordsOf(copy), {}, 0);
  expect(detectDrift({ ...look, today, options }).drifts.map(({ class: name, drift }) => [name, drift.kind])).toEqual([
    ["dangerous", "gone"],
    ["bearable", "unmanaged"],
  ]);
});
