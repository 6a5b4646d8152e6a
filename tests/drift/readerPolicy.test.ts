/** The policy of a role that reads a stack: what the types ask for, in the stack's regions, and nothing that changes. */
import fc from "fast-check";
import {
  actionsToRead,
  arnOfContents,
  bucketOf,
  contentsToRead,
  isKeyArn,
  longestPolicy,
  readerPolicy,
  settingsToRead,
  typesWithReads,
  type Statement,
} from "../../drift/permissions";
import type { Properties, Resource } from "../../inventory/resource";
import simulated from "../../simulator/schema/aws.json";

function resource(type: string, name: string, properties: Properties = {}, more: Partial<Resource> = {}): Resource {
  return {
    urn: `urn:pulumi:prod::shop::${type}::${name}`,
    type,
    name,
    custom: true,
    properties,
    propertyDependencies: {},
    dependencies: [],
    ...more,
  };
}

const seoul = { region: "ap-northeast-2" };
const vpc = resource("aws:ec2/vpc:Vpc", "net", seoul);
const statements = (...resources: readonly Resource[]): readonly Statement[] =>
  readerPolicy(resources).documents.flatMap(({ Statement }) => Statement);
const granted = (all: readonly Statement[]) => new Set(all.flatMap(({ Action }) => Action));

/** Services that name a call otherwise than `GetThing`, and a call that a read needs beside its own. */
const otherwise: ReadonlySet<string> = new Set([
  // Service Authorization Reference: API Gateway has the methods of HTTP as its actions.
  "apigateway:GET",
  "aoss:BatchGetCollection",
  "aoss:BatchGetLifecyclePolicy",
  "budgets:ViewBudget",
  "cognito-idp:AdminGetUser",
  "cognito-idp:AdminListGroupsForUser",
  "ec2:SearchTransitGatewayRoutes",
  "inspector2:BatchGetAccountStatus",
  // A topic is described through its cluster ("Dependent actions" of kafka:DescribeTopic); it reads no message.
  "kafka-cluster:Connect",
  "securityhub:BatchGetAutomationRules",
]);

describe("the table of calls", () => {
  test("knows every type that the simulated cloud knows", () => {
    const types = Object.keys(simulated.resources);
    expect(types.length).toBeGreaterThan(60);
    expect(types.filter((type) => actionsToRead(type) === undefined)).toEqual([]);
  });

  test("holds calls that read", () => {
    const reading = /^[a-z0-9-]+:(?:Get|List|Describe)[A-Z][A-Za-z0-9]*$/;
    const found = new Set(typesWithReads.flatMap(settingsToRead).filter((action) => !reading.test(action)));
    expect([...found].sort()).toEqual([...otherwise].filter((action) => action !== "cognito-idp:AdminGetUser").sort());
  });

  test("holds none that reads data, but for the objects that the program names", () => {
    const data =
      /^(?:dynamodb:(?:Batch)?GetItem|cassandra:.*|cognito-idp:AdminGetUser|kinesis:GetRecords|s3:GetObject.*|s3express:CreateSession|secretsmanager:(?:Batch)?GetSecretValue|ssm:GetParameter.*|rds:.*Log.*|logs:GetLogEvents|athena:.*|ecr:GetDownloadUrlForLayer|ecr:GetAuthorizationToken|sts:.*)$/;
    expect(typesWithReads.flatMap(settingsToRead).filter((action) => data.test(action))).toEqual([]);
    const contents = typesWithReads.flatMap((type) => contentsToRead(type)?.reads ?? []);
    expect(contents.length).toBeGreaterThan(5);
    expect(contents.filter((action) => !data.test(action))).toEqual([]);
  });
});

test("a resource is read in its own region, or in its provider's", () => {
  const provider = resource("pulumi:providers:aws", "tokyo", { region: "ap-northeast-1" });
  const subnet = resource("aws:ec2/subnet:Subnet", "a", {}, { provider: provider.urn });
  const queue = resource("aws:sqs/queue:Queue", "mail", { arn: "arn:aws:sqs:eu-west-1:111122223333:mail" });
  expect(statements(provider, vpc, subnet, queue)).toEqual([
    {
      Sid: "ReadEc2",
      Effect: "Allow",
      Action: [
        "ec2:DescribeNetworkAcls",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcAttribute",
        "ec2:DescribeVpcs",
      ],
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": ["ap-northeast-1", "ap-northeast-2"] } },
    },
    {
      Sid: "ReadSqs",
      Effect: "Allow",
      Action: ["sqs:GetQueueAttributes", "sqs:ListQueueTags"],
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": ["eu-west-1"] } },
    },
  ]);
});

test("a global table is read in the regions of its replicas, and a global service in none", () => {
  const table = resource("aws:dynamodb/table:Table", "ledger", { ...seoul, replicas: [{ regionName: "ap-northeast-3" }] }); // prettier-ignore
  const [dynamodb, route53] = statements(table, resource("aws:route53/zone:Zone", "zone"));
  expect(dynamodb?.Condition?.StringEquals["aws:RequestedRegion"]).toEqual(["ap-northeast-2", "ap-northeast-3"]);
  expect(route53).toMatchObject({ Sid: "ReadRoute53", Resource: "*" });
  expect(route53?.Condition).toBeUndefined();
});

test("where a region is not known, every region is granted, and said", () => {
  const policy = readerPolicy([vpc, resource("aws:ec2/subnet:Subnet", "somewhere")]);
  expect(policy.documents[0]?.Statement[0]?.Condition).toBeUndefined();
  expect(policy.everywhere).toEqual(["ec2"]);
});

test("contents are granted for the objects of the stack alone, and not where they are not known", () => {
  const secret = "arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:db-x1";
  const policy = readerPolicy([
    resource("aws:secretsmanager/secretVersion:SecretVersion", "password", { ...seoul, secretId: secret }),
    resource("aws:s3/bucketObjectv2:BucketObjectv2", "page", { ...seoul, bucket: "site", key: "index.html" }),
    resource("aws:s3/bucketObjectv2:BucketObjectv2", "unborn", seoul),
  ]);
  const all = policy.documents.flatMap(({ Statement }) => Statement);
  expect(all.filter(({ Resource }) => Resource !== "*")).toEqual([
    { Sid: "ContentsS3GetObject", Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::site/index.html"] },
    { Sid: "ContentsS3GetObjectTagging", Effect: "Allow", Action: ["s3:GetObjectTagging"], Resource: ["arn:aws:s3:::site/index.html"] },
    { Sid: "ContentsSecretsmanagerGetSecretValue", Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: [secret] },
  ]); // prettier-ignore
  expect(policy.contents).toEqual(["arn:aws:s3:::site/index.html", secret]);
  expect(policy.withheld).toEqual(["urn:pulumi:prod::shop::aws:s3/bucketObjectv2:BucketObjectv2::unborn"]);
});

test.each([
  [
    "ssm/parameter:Parameter",
    { arn: "arn:aws:ssm:eu-west-1:111122223333:parameter/a" },
    "ssm:GetParameter",
    "arn:aws:ssm:eu-west-1:111122223333:parameter/a",
  ],
  ["dynamodb/tableItem:TableItem", { tableName: "ledger" }, "dynamodb:GetItem", "arn:aws:dynamodb:*:*:table/ledger"],
  [
    "keyspaces/table:Table",
    { keyspaceName: "k", tableName: "t" },
    "cassandra:Select",
    "arn:aws:cassandra:*:*:/keyspace/k/table/t",
  ],
  [
    "cognito/user:User",
    { userPoolId: "eu-west-1_a" },
    "cognito-idp:AdminGetUser",
    "arn:aws:cognito-idp:*:*:userpool/eu-west-1_a",
  ],
])("rows of %s are read of that one alone", (type, properties, action, arn) => {
  const one = resource(`aws:${type}`, "one", { region: "eu-west-1", ...properties });
  const found = statements(one).find(({ Action }) => Action.includes(action));
  expect(found).toMatchObject({ Action: [action], Resource: [arn] });
  expect(readerPolicy([one]).contents).toEqual([arn]);
});

test("a directory bucket is opened for reading alone", () => {
  const bucket = resource("aws:s3/directoryBucket:DirectoryBucket", "b", {
    region: "us-west-2",
    bucket: "b--usw2-az1--x-s3",
  });
  expect(statements(bucket)).toContainEqual({
    Sid: "ContentsS3expressCreateSession",
    Effect: "Allow",
    Action: ["s3express:CreateSession"],
    Resource: ["arn:aws:s3express:*:*:bucket/b--usw2-az1--x-s3"],
    Condition: { StringEquals: { "s3express:SessionMode": ["ReadOnly"] } },
  });
});

test("a multi-region access point is asked for where its endpoint is", () => {
  const point = resource("aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint", "p", seoul);
  expect(statements(point)[0]?.Condition).toEqual({ StringEquals: { "aws:RequestedRegion": ["us-west-2"] } });
});

test("every type of the registry is read, or never", () => {
  for (const type of typesWithReads) {
    const { missing } = readerPolicy([resource(type, "one", seoul)]);
    expect([type, missing]).toEqual([type, []]);
  }
});

describe("what else the role reads:", () => {
  const statementsWith = (options: Parameters<typeof readerPolicy>[1], ...resources: readonly Resource[]) =>
    readerPolicy(resources, options).documents.flatMap(({ Statement }) => Statement);
  const only = (all: readonly Statement[], action: string) => all.find(({ Action }) => Action.includes(action));

  test("what --live is given, in the regions of the stack, and where global services are listed", () => {
    const tokyo = resource("aws:sqs/queue:Queue", "mail", { region: "ap-northeast-1" });
    const all = statementsWith({ live: true }, vpc, tokyo);
    const home = ["ap-northeast-1", "ap-northeast-2", "us-east-1"];
    expect(only(all, "tag:GetResources")).toMatchObject({ Sid: "ReadTag", Condition: { StringEquals: { "aws:RequestedRegion": home } } }); // prettier-ignore
    expect(only(all, "cloudwatch:DescribeAlarms")).toMatchObject({ Resource: "*" });
    expect([...granted(all)].filter((action) => /^(?:backup|route53)/.test(action))).toEqual([]);
    expect(granted(statements(vpc, tokyo))).not.toContain("tag:GetResources");
  });

  test("backups and switches only where the stack has some, the latter at endpoints of their own", () => {
    const plan = resource("aws:backup/plan:Plan", "p", seoul);
    const control = resource("aws:route53recoverycontrol/routingControl:RoutingControl", "c");
    const all = statementsWith({ live: true }, plan, control);
    const inSeoul = { StringEquals: { "aws:RequestedRegion": ["ap-northeast-2"] } };
    expect(only(all, "backup:ListProtectedResources")?.Condition).toEqual(inSeoul);
    const switches = only(all, "route53-recovery-cluster:ListRoutingControls");
    expect(switches).toMatchObject({ Sid: "ReadRoute53RecoveryCluster", Resource: "*" });
    expect(switches?.Condition).toBeUndefined();
  });

  test("nothing of AWS where the stack has nothing of it", () => {
    expect(statementsWith({ live: true }, resource("kubernetes:apps/v1:Deployment", "web"))).toEqual([]);
  });

  test.each([
    ["s3://states", "states", ""],
    ["s3://states?region=ap-northeast-2&awssdk=v2", "states", ""],
    ["s3://states/team/a/", "states", "team/a/"],
    ["s3://states?prefix=team/a/", "states", "team/a/"],
  ])("the state in %s", (url, name, prefix) => {
    expect(bucketOf(url)).toEqual({ name, prefix });
    expect(statementsWith({ backend: { bucket: bucketOf(url) } })).toEqual([
      { Sid: "BackendList", Effect: "Allow", Action: ["s3:ListBucket"], Resource: [`arn:aws:s3:::${name}`] },
      { Sid: "BackendRead", Effect: "Allow", Action: ["s3:GetObject"], Resource: [`arn:aws:s3:::${name}/${prefix}.pulumi/*`] },
    ]);
  }); // prettier-ignore

  test.each(["https://api.pulumi.com", "gs://states", "file://~", "s3://", "s3://A", "s3:///states", "s3://*"])(
    "no bucket is in %s",
    (url) => {
      expect(bucketOf(url)).toBeUndefined();
    },
  );

  test("the key of the state, and no alias or pattern of keys", () => {
    const kmsKey = "arn:aws:kms:ap-northeast-2:111122223333:key/mrk-0a1b";
    expect(isKeyArn(kmsKey)).toBe(true);
    expect(statementsWith({ backend: { kmsKey } })).toEqual([
      { Sid: "BackendDecrypt", Effect: "Allow", Action: ["kms:Decrypt"], Resource: [kmsKey] },
    ]);
    for (const other of ["alias/states", kmsKey.replace("key/", "alias/"), kmsKey.replace("mrk-0a1b", "*"), ""]) {
      expect(isKeyArn(other)).toBe(false);
    }
  });
});

test("a type without a row is missing; components and other clouds are not asked for", () => {
  const policy = readerPolicy([
    resource("aws:quicksight/dashboard:Dashboard", "a"),
    resource("aws:quicksight/dashboard:Dashboard", "b"),
    resource("kubernetes:apps/v1:Deployment", "c"),
    resource("aws:toString", "d", {}, { custom: false }),
    resource("duplex:service:ActiveActiveService", "e", {}, { custom: false }),
  ]);
  expect(policy).toMatchObject({ documents: [], missing: [{ type: "aws:quicksight/dashboard:Dashboard", count: 2 }] });
});

test("of any stack: no policy is too long, together they hold what the types ask for, in any order of the resources", () => {
  const arbitrary = fc.array(
    fc.record({
      type: fc.constantFrom(...typesWithReads),
      region: fc.constantFrom("ap-northeast-1", "ap-northeast-2", "eu-west-1", "us-east-1"),
      key: fc.string({ minLength: 1, maxLength: 200 }),
    }),
    { minLength: 1, maxLength: 300 },
  );
  fc.assert(
    fc.property(arbitrary, (wanted) => {
      const resources = wanted.map(({ type, region, key }, index) =>
        resource(type, `r${index}`, { region, bucket: "b", key, secretId: `arn:aws:secretsmanager:${region}:1:secret:${index}` }),
      ); // prettier-ignore
      const { documents } = readerPolicy(resources);
      for (const document of documents) {
        expect(JSON.stringify(document).replace(/\s/g, "").length).toBeLessThanOrEqual(longestPolicy);
        const sids = document.Statement.map(({ Sid }) => Sid);
        expect(new Set(sids).size).toBe(sids.length);
        for (const sid of sids) expect(sid).toMatch(/^[A-Za-z0-9]+$/);
      }
      const all = documents.flatMap(({ Statement }) => Statement);
      const asked = resources.flatMap((one) => [...settingsToRead(one.type), ...contentsOf(one)]);
      expect(granted(all)).toEqual(new Set(asked));
      expect(readerPolicy([...resources].reverse()).documents).toEqual(documents);
    }),
    { numRuns: 60 },
  );
});

/** Actions that read contents of an object that is known. */
function contentsOf(one: Resource): readonly string[] {
  const found = contentsToRead(one.type);
  return found === undefined || arnOfContents(one, found) === undefined ? [] : found.reads;
}
