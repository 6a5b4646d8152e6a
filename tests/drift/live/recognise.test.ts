import { isFault, recognise } from "../../../drift";
import { plain } from "../../../inventory/sources/plain";
import {
  alarm,
  controls,
  deployment,
  describedAlarms,
  listed,
  protectedResources,
  tagged,
} from "../../support/liveAnswers";

const read = (document: unknown) => recognise(plain(document));
const table = "arn:aws:dynamodb:ap-northeast-2:111122223333:table/ledger";
const off = "arn:aws:route53-recovery-control::111122223333:controlpanel/a/routingcontrol/b";

describe("an answer is told by its shape:", () => {
  test.each([
    ["tagged objects", tagged([table, { a: "b" }]), [{ kind: "object", key: table, words: { a: "b" } }]],
    ["routing controls", controls({ [off]: "Off" }), [{ kind: "switch", arn: off, state: "Off" }]],
    ["alarms that have gone off", describedAlarms(alarm("a", ["AWS/RDS", "ReplicaLag"], { DBInstanceIdentifier: "x" })), [{ kind: "alarm", name: "a", metrics: [{ namespace: "AWS/RDS", name: "ReplicaLag", dimensions: { DBInstanceIdentifier: "x" } }] }]],
    ["alarms that are OK", describedAlarms(alarm("a", ["AWS/RDS", "ReplicaLag"], {}, { StateValue: "OK" })), []],
    ["composite alarms", { CompositeAlarms: [alarm("all", ["", ""], {})] }, [{ kind: "alarm", name: "all", metrics: [] }]],
    ["alarms of an expression", describedAlarms({ ...alarm("a", ["", ""], {}), Metrics: [{ Id: "e1", Expression: "m1*2" }, { Id: "m1", MetricStat: { Metric: { Namespace: "AWS/DynamoDB", MetricName: "ReplicationLatency", Dimensions: [{ Name: "TableName", Value: "ledger" }] } } }] }), [{ metrics: [{ name: "ReplicationLatency", dimensions: { TableName: "ledger" } }] }]],
    ["protected resources", protectedResources({ [table]: "2022-10-01T00:00:00+00:00" }), [{ kind: "backup", arn: table, time: Date.parse("2022-10-01") }, { kind: "backupList", arns: [table] }]],
    ["a part of them", { ...protectedResources({ [table]: "2022-10-01T00:00:00Z" }), NextToken: "x" }, [{ kind: "backup" }]],
    ["one of them, by the first version of the CLI", { ResourceArn: table, LastBackupTime: 1_664_582_400 }, [{ kind: "backup", time: Date.parse("2022-10-01") }]],
    ["recovery points, of which those that failed are none", { RecoveryPoints: [{ ResourceArn: table, CreationDate: "2022-10-01T00:00:00Z", Status: "COMPLETED" }, { ResourceArn: table, CreationDate: "2022-10-02T00:00:00Z", Status: "EXPIRED" }] }, [{ kind: "backup", time: Date.parse("2022-10-01") }]],
    ["objects of Kubernetes, but those that an owner has made", listed(deployment("web", { app: "web" }), deployment("child", {}, { ownerReferences: [{ kind: "Rollout", name: "web" }] })), [{ kind: "object", key: "Deployment shop/web", type: "kubernetes:apps/v1:Deployment", id: "shop/web", words: { app: "web" } }]],
    ["a list of one kind", { apiVersion: "apps/v1", kind: "DeploymentList", items: [{ metadata: { name: "web", namespace: "shop" } }] }, [{ type: "kubernetes:apps/v1:Deployment", id: "shop/web" }]],
    ["nothing at all", tagged(), []],
  ])("%s", (_, document, records) => {
    const found = read(document);
    expect(found).toHaveLength(records.length);
    expect(found).toMatchObject(records);
  });

  test.each([[{}], [[]], [null], [3], [{ Reservations: [] }], [{ Results: 3 }], [{ kind: 3, apiVersion: "v1" }]])("%j is none that is known", (document) => {
    expect(read(document)).toBeUndefined();
  });
}); // prettier-ignore

test.each([
  [{ ResourceTagMappingList: [{ ResourceARN: table }, { ResourceARN: "ledger" }] }, "ResourceTagMappingList[1].ResourceARN"],
  [controls({ [off]: "Sometimes" }), "RoutingControls[0]"],
  [{ MetricAlarms: [{ AlarmName: "a" }] }, "MetricAlarms[0]"],
  [protectedResources({ [table]: "yesterday" }), "Results[0].LastBackupTime"],
  // `list-recovery-points-by-resource` does not say of what they are.
  [{ RecoveryPoints: [{ CreationDate: "2022-10-01T00:00:00Z" }] }, "RecoveryPoints[0].ResourceArn"],
  [listed({ kind: "Deployment" }), "items[0]"],
])("a fault has its place: %j", (document, path) => {
  const found = read(document);
  if (found === undefined || !isFault(found)) throw new Error("It has no fault.");
  expect(found.path).toBe(path);
}); // prettier-ignore

describe("what Pulumi imports by", () => {
  test.each([
    [table, "aws:dynamodb/table:Table", "ledger"],
    ["arn:aws:rds:ap-northeast-2:111122223333:db:orders", "aws:rds/instance:Instance", "orders"],
    ["arn:aws:ecs:ap-northeast-2:111122223333:service/main/web", "aws:ecs/service:Service", "main/web"],
    ["arn:aws:s3:::photos", "aws:s3/bucket:Bucket", "photos"],
    ["arn:aws:sqs:ap-northeast-2:111122223333:mail", "aws:sqs/queue:Queue", "https://sqs.ap-northeast-2.amazonaws.com/111122223333/mail"],
    ["arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:loadbalancer/app/web/50dc", "aws:lb/loadBalancer:LoadBalancer", "arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:loadbalancer/app/web/50dc"],
    ["arn:aws:quicksight:ap-northeast-2:111122223333:dashboard/9", "aws:quicksight/dashboard", undefined],
  ])("%s", (arn, type, id) => {
    expect(read(tagged([arn, {}]))).toMatchObject([{ type, ...(id === undefined ? {} : { id }) }]);
  });
}); // prettier-ignore
