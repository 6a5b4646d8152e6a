/** Which records tell who has changed a resource, and which only look as if they did. */
import { cloudTrail, cloudTrailEvent, detectDrift, readState, type Attribution } from "../../drift";
import { plain } from "../../inventory/sources/plain";
import { kim, record } from "../support/cloudTrail";
import { entry, exportOf } from "../support/driftStates";

type Entry = Readonly<Record<string, unknown>>;

function told(desired: Entry, actual: Entry | undefined, ...records: readonly object[]): readonly Attribution[] {
  const events = records.flatMap((each) => {
    const event = cloudTrailEvent(plain(each));
    if (typeof event === "string") throw new Error(event);
    return event ?? [];
  });
  const found = detectDrift({
    desired: readState(exportOf(desired)),
    actual: readState(exportOf(...(actual === undefined ? [] : [actual]))),
    logs: [cloudTrail(events)],
    today: "2022-10-15",
    options: { inventory: {}, judge: {} },
  });
  expect(found.drifts).toHaveLength(1);
  return found.drifts[0]?.changedBy ?? [];
}

const calls = (found: readonly Attribution[]) => found.map(({ what }) => what);

const modified = { modified: "2022-10-15T09:00:00.5Z" };
const service = (desiredCount: number): Entry => ({
  ...entry("aws:ecs/service:Service", "pay", {
    region: "ap-northeast-2",
    name: "pay",
    cluster: "arn:aws:ecs:ap-northeast-2:111122223333:cluster/prod",
    desiredCount,
  }),
  ...modified,
});
const scaled = { cluster: "prod", service: "pay", desiredCount: 1 };
const update = (more: object = {}, request: Entry = scaled) => record("ecs", "UpdateService", request, more as Entry);

describe("a call about the resource", () => {
  test("tells who, when, what and its id, and no key", () => {
    const found = told(service(4), service(1), update());
    expect(found).toEqual([
      {
        source: "cloudTrail",
        who: kim,
        when: "2022-10-15T10:11:12Z",
        what: "UpdateService",
        eventId: "UpdateService-1",
      },
    ]);
    expect(JSON.stringify(found)).not.toMatch(/ASIA|AROA/);
  });

  test.each([
    ["reads", { readOnly: true }],
    ["was refused", { errorCode: "AccessDenied" }],
    ["writes data", { managementEvent: false }],
    ["is of another region", { awsRegion: "ap-northeast-1" }],
    ["is of another service", { eventSource: "eks.amazonaws.com" }],
    ["came before the deployment", { eventTime: "2022-10-15T08:59:59Z" }],
    ["is about another object", { requestParameters: { ...scaled, service: "mail" } }],
    ["is about one of that name in another cluster", { requestParameters: { ...scaled, cluster: "test" } }],
  ])("says nothing where it %s", (_, more) => {
    expect(told(service(4), service(1), update(more))).toEqual([]);
  });

  test("is not one about what it only uses", () => {
    const cluster = (setting: string) =>
      entry("aws:ecs/cluster:Cluster", "prod", { region: "ap-northeast-2", name: "prod", settings: [{ name: setting }] });
    expect(told(cluster("a"), cluster("b"), update())).toEqual([]);
    const group = (description: string) => ({
      ...entry("aws:ec2/securityGroup:SecurityGroup", "web", { region: "ap-northeast-2", description }),
      id: "sg-0123456789abcdef0",
    });
    const run = record("ec2", "RunInstances", { groupSet: { items: [{ groupId: "sg-0123456789abcdef0" }] } });
    const open = record("ec2", "AuthorizeSecurityGroupIngress", { groupId: "sg-0123456789abcdef0" });
    expect(calls(told(group("a"), group("b"), run, open))).toEqual(["AuthorizeSecurityGroupIngress"]);
  }); // prettier-ignore

  test("of an account is not one of another", () => {
    const table = (hashKey: string) =>
      entry("aws:dynamodb/table:Table", "t", { region: "ap-northeast-2", name: "t", hashKey }, { outputs: { arn: "arn:aws:dynamodb:ap-northeast-2:111122223333:table/t" } }); // prettier-ignore
    const by = (recipientAccountId: string) => record("dynamodb", "UpdateTable", { tableName: "t" }, { recipientAccountId });
    expect(told(table("a"), table("b"), by("444455556666"))).toEqual([]);
    expect(calls(told(table("a"), table("b"), by("111122223333")))).toEqual(["UpdateTable"]);
  }); // prettier-ignore

  test("a cluster and its instance of one name are two", () => {
    const instance = (engineVersion: string) =>
      entry("aws:rds/instance:Instance", "pay", { region: "ap-northeast-2", identifier: "pay", engineVersion });
    const ofCluster = record("rds", "ModifyDBCluster", { dBClusterIdentifier: "pay" });
    const own = record("rds", "ModifyDBInstance", { dBInstanceIdentifier: "pay" });
    expect(calls(told(instance("1"), instance("2"), ofCluster, own))).toEqual(["ModifyDBInstance"]);
  });

  test("of a bucket is told of the facet that it speaks of", () => {
    const versioning = (status: string) => ({
      ...entry("aws:s3/bucketVersioning:BucketVersioning", "b", { region: "ap-northeast-2", bucket: "photos", versioningConfiguration: { status } }),
      id: "photos",
    });
    const tag = record("s3", "PutBucketTagging", { bucketName: "photos" });
    const suspend = record("s3", "PutBucketVersioning", { bucketName: "photos" });
    expect(calls(told(versioning("Enabled"), versioning("Suspended"), tag, suspend))).toEqual(["PutBucketVersioning"]);
  }); // prettier-ignore

  test("of Route 53 is told of the record that it changes, from the one region that logs it", () => {
    const weighted = (weight: number) =>
      entry("aws:route53/record:Record", "pay", { zoneId: "Z1", name: "pay.example.com", type: "A", setIdentifier: "seoul", weightedRoutingPolicies: [{ weight }] });
    const change = (setIdentifier: string) =>
      record("route53", "ChangeResourceRecordSets", { hostedZoneId: "Z1", changeBatch: { changes: [{ action: "UPSERT", resourceRecordSet: { name: "pay.example.com.", type: "A", setIdentifier, weight: 0 } }] } }, { awsRegion: "us-east-1" });
    expect(told(weighted(9), weighted(0), change("tokyo"))).toEqual([]);
    expect(calls(told(weighted(9), weighted(0), change("seoul")))).toEqual(["ChangeResourceRecordSets"]);
  }); // prettier-ignore
});

describe("of several calls", () => {
  test("those that name the property count", () => {
    const tagged = record("ecs", "TagResource", { resourceArn: "arn:aws:x:::pay" });
    expect(calls(told(service(4), service(1), update(), tagged))).toEqual(["UpdateService"]);
    expect(calls(told(service(4), service(1), tagged))).toEqual(["TagResource"]);
  });

  test("the latest three are told, the latest first, and each once", () => {
    const at = (minute: number) => update({ eventID: `e${minute}`, eventTime: `2022-10-15T10:1${minute}:00Z` });
    const found = told(service(4), service(1), at(1), at(4), at(2), at(3), at(4));
    expect(found.map(({ eventId }) => eventId)).toEqual(["e4", "e3", "e2"]);
  });

  test("only those that delete tell of what is gone", () => {
    const deleted = record("ecs", "DeleteService", { cluster: "prod", service: "pay" });
    expect(calls(told(service(4), undefined, update(), deleted))).toEqual(["DeleteService"]);
    expect(told(service(4), undefined, update())).toEqual([]);
  });
});

describe("whoever the record names", () => {
  test.each([
    [{ type: "AWSService", invokedBy: "autoscaling.amazonaws.com" }, "autoscaling.amazonaws.com"],
    [{ type: "AssumedRole", principalId: "AROAEXAMPLEID:kim", sessionContext: { sessionIssuer: { userName: "Operators" } } }, "Operators/kim"],
    [{ type: "IAMUser", userName: "AKIAIOSFODNN7EXAMPLE" }, "[access key]"],
    [{ type: "AWSAccount", accountId: "111122223333" }, "account 111122223333"],
    [{ type: "Unknown", accessKeyId: "AKIAIOSFODNN7EXAMPLE" }, null],
  ])("%j is %s", (userIdentity, who) => {
    expect(told(service(4), service(1), update({ userIdentity }))).toMatchObject([{ who }]);
  }); // prettier-ignore
});

test("a record without its time is no record", () => {
  expect(cloudTrailEvent({ eventName: "UpdateService", eventSource: "ecs.amazonaws.com" })).toContain('"eventTime"');
  expect(cloudTrailEvent(plain(update({ eventTime: "soon" })))).toContain('found "soon"');
});
