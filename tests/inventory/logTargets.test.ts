/** Buckets that others write their logs into. */
import { readEstate } from "../../inventory";
import { fromStateExport } from "../../inventory/sources/stateExport";

type Given = readonly [type: string, name: string, properties: object];

const urnOf = (type: string, name: string) => `urn:pulumi:prod::shop::${type}::${name}`;
const bucket = (name: string, more: object = {}): Given => ["aws:s3/bucket:Bucket", name, { bucket: name, ...more }];

function logTargets(...given: readonly Given[]): readonly string[] {
  const resources = given.map(([type, name, properties]) => {
    const all = { region: "eu-west-1", ...properties };
    return {
      urn: urnOf(type, name),
      type,
      custom: true,
      id: name,
      inputs: all,
      outputs: { ...all, arn: `arn:aws:s3:::${name}` },
    };
  });
  const { facts } = readEstate(fromStateExport({ version: 3, deployment: { manifest: {}, resources } }));
  return facts.flatMap(({ kind, urn }) => (kind === "logTarget" ? [urn.split("::").at(-1) ?? ""] : []));
}

test.each<[string, Given]>([
  ["a balancer", ["aws:lb/loadBalancer:LoadBalancer", "lb", { accessLogs: { bucket: "store", enabled: true } }]],
  ["a classic balancer", ["aws:elb/loadBalancer:LoadBalancer", "lb", { accessLogs: { bucket: "store" } }]],
  ["another bucket", bucket("data", { logging: { targetBucket: "store" } })],
  ["another bucket, as states have it", bucket("data", { loggings: [{ targetBucket: "store" }] })],
  [
    "a setting of another bucket",
    ["aws:s3/bucketLogging:BucketLogging", "x", { bucket: "data", targetBucket: "store" }],
  ],
  ["a trail", ["aws:cloudtrail/trail:Trail", "trail", { s3BucketName: "store" }]],
  ["a flow log", ["aws:ec2/flowLog:FlowLog", "flow", { logDestination: "arn:aws:s3:::store" }]],
])("one that %s writes into", (_, writer) => {
  expect(logTargets(bucket("store"), bucket("orders"), writer)).toEqual(["store"]);
});

test("one that others are let write their logs into", () => {
  expect(logTargets(bucket("store", { acl: "log-delivery-write" }), bucket("orders", { acl: "private" }))).toEqual([
    "store",
  ]);
});

test("one that is called after its logs, and none that is called after something else", () => {
  const logs = ["shop-logs", "log-bucket", "access-log", "logs", "accessLogs", "elbLogBucket", "shop.logs.bucket"];
  const others = ["catalog", "catalogs", "blog", "logins", "dialogs", "logo", "shop-log-analysis", "changelog"];
  expect(logTargets(...[...logs, ...others].map((name) => bucket(name)))).toEqual([...logs].sort());
});
