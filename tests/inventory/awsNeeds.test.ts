/** Whether a workload gets to what it needs: by permission in its region, by the security groups of both ends. */
import { readEstate } from "../../inventory";
import { globMatches, statementsIn } from "../../inventory/aws/identity/statements";
import type { Resource, Value } from "../../inventory/resource";
import type { NeedCutFact } from "../../model";
import { output, StackBuilder, tags, type Given } from "../support/stackBuilder";

const [seoul, tokyo] = ["ap-northeast-2", "ap-northeast-1"];
const account = "111122223333";
const pay = tags({ service: "pay", tier: "critical", dependsOn: "pay-data" });
const arnOf = (service: string, region: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
const table = "table/pay-data";

interface Grant {
  readonly Effect?: "Allow" | "Deny";
  readonly Action?: Value;
  readonly Resource?: Value;
  readonly [key: string]: Value;
}

const policyOf = (...grants: readonly Grant[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: grants.map((grant) => ({ Effect: "Allow", ...grant })) });
const trusting = (service: string): string =>
  policyOf({ Principal: { Service: service }, Action: "sts:AssumeRole", Resource: undefined });
const both = [seoul, tokyo].map((region) => arnOf("dynamodb", region, table));

interface Changes {
  readonly policy?: string | undefined;
  readonly role?: Readonly<Record<string, Given>>;
  readonly trust?: string;
  readonly more?: (stack: StackBuilder, role: Resource) => void;
  readonly preview?: boolean;
}

/** A function in Seoul and one in Tokyo, with a table that has a replica in both. */
function stackOf({ role = {}, trust = "lambda.amazonaws.com", more, preview = false, ...rest }: Changes): StackBuilder {
  const stack = new StackBuilder({ preview });
  const policy = "policy" in rest ? rest.policy : policyOf({ Action: "dynamodb:*", Resource: both });
  const data = stack.add(
    "aws:dynamodb/table:Table",
    "pay-data",
    { region: seoul, replicas: [{ regionName: tokyo }], tags: tags({ service: "pay-data", layer: "store" }) },
    { computed: { arn: both[0] } },
  );
  const made = stack.add(
    "aws:iam/role:Role",
    "pay",
    { name: "pay", assumeRolePolicy: trusting(trust), ...role },
    { computed: { arn: `arn:aws:iam::${account}:role/pay` } },
  );
  if (policy !== undefined) {
    const given: Given = preview ? output(data, "arn") : policy;
    stack.add("aws:iam/rolePolicy:RolePolicy", "pay", { role: output(made), policy: given });
  }
  for (const region of [seoul, tokyo]) {
    stack.add("aws:lambda/function:Function", `pay-${region}`, { region, role: output(made, "arn"), tags: pay });
  }
  more?.(stack, made);
  return stack;
}

/** Facts in words: who, whether for certain, why. */
function cutsIn(stack: StackBuilder): readonly string[] {
  return readEstate(stack.resources)
    .facts.filter((fact): fact is NeedCutFact => fact.kind === "needCut")
    .map(({ workload, open, why }) => `${workload.split("::").at(-1) ?? ""} ${open.known ? "cut" : "unsure"}: ${why}`);
}

const inBoth = (text: string): readonly unknown[] =>
  [tokyo, seoul].map((region) => expect.stringMatching(`^pay-${region} ${text}`) as unknown);

describe("what is allowed", () => {
  it.each<readonly [string, Changes]>([
    ["by name in both regions", {}],
    ["by a pattern of regions", { policy: policyOf({ Action: "dynamodb:*", Resource: `arn:aws:dynamodb:*:${account}:${table}` }) }],
    ["by one action that is of use, whatever the case of its letters", { policy: policyOf({ Action: ["DynamoDB:getItem"], Resource: "*" }) }],
    ["by all that is not excepted", { policy: policyOf({ NotAction: "iam:*", Resource: "*" }) }],
    ["under a condition that the caller fulfils", { policy: policyOf({ Action: "dynamodb:*", Resource: "*", Condition: { Bool: { "aws:SecureTransport": "true" } } }) }],
    ["beside a denial of what no request asks", { policy: policyOf({ Action: "dynamodb:*", Resource: "*" }, { Effect: "Deny", Action: "dynamodb:DeleteTable", Resource: "*" }) }],
    ["beside a denial elsewhere", { policy: policyOf({ Action: "dynamodb:*", Resource: "*" }, { Effect: "Deny", Action: "*", Resource: "*", Condition: { StringNotEquals: { "aws:RequestedRegion": [seoul, tokyo] } } }) }],
    ["beside a denial under a condition", { policy: policyOf({ Action: "dynamodb:*", Resource: "*" }, { Effect: "Deny", Action: "*", Resource: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } }) }],
    ["inline", { policy: undefined, role: { inlinePolicies: [{ name: "data", policy: policyOf({ Action: "dynamodb:*", Resource: "*" }) }] } }],
    ["by a policy of AWS of which the stack does not hold the text", { policy: undefined, role: { managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess"] } }],
    ["by a role whose trust policy is a stand-in", { role: { assumeRolePolicy: "{}" } }],
    ["by taking another role", { policy: policyOf({ Action: "sts:AssumeRole", Resource: "arn:aws:iam::444455556666:role/data" }) }],
    ["by a policy that is made from the table, in a preview", { preview: true }],
  ])("%s is open", (_, changes) => {
    expect(cutsIn(stackOf(changes))).toEqual([]);
  }); // prettier-ignore

  it("holds where another stack keeps the role", () => {
    const stack = new StackBuilder();
    stack.add("aws:dynamodb/table:Table", "pay-data", { region: seoul, tags: tags({ service: "pay-data" }) });
    const role = `arn:aws:iam::${account}:role/elsewhere`;
    stack.add("aws:lambda/function:Function", "pay", { region: seoul, role, tags: pay });
    expect(cutsIn(stack)).toEqual([]);
  });
});

describe("what is not", () => {
  it("is the region that no statement names", () => {
    const policy = policyOf({ Action: "dynamodb:*", Resource: both[0] });
    expect(cutsIn(stackOf({ policy }))).toEqual([
      `pay-${tokyo} cut: no policy of role "pay" allows it pay-data in ${tokyo}, only others of its kind`,
    ]);
  });

  it.each<readonly [string, Changes, string]>([
    ["another table", { policy: policyOf({ Action: "dynamodb:*", Resource: `${both[0]}-old` }) }, "cut: no policy"],
    ["a denial of everything", { policy: policyOf({ Action: "*", Resource: "*" }, { Effect: "Deny", Action: "dynamodb:*", Resource: "*" }) }, 'cut: "pay" denies role "pay" pay-data'],
    ["a trust policy of another service", { trust: "ec2.amazonaws.com" }, 'cut: the trust policy of role "pay" does not let lambda'],
    ["a boundary without it", { role: { permissionsBoundary: "limit" }, more: (stack) => stack.add("aws:iam/policy:Policy", "limit", { name: "limit", policy: policyOf({ Action: "s3:*", Resource: "*" }) }) }, 'cut: "limit", the boundary'],
    ["a boundary of another stack", { role: { permissionsBoundary: `arn:aws:iam::${account}:policy/limit` } }, "unsure: the boundary of role"],
    ["no policy at all", { policy: undefined }, "unsure: no policy of role"],
    ["nothing but what a function logs with", { policy: undefined, role: { managedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"] } }, "unsure: no policy of role"],
  ])("%s", (_, changes, says) => {
    expect(cutsIn(stackOf(changes))).toEqual(inBoth(says));
  }); // prettier-ignore

  it("is what the table itself denies everybody in one region", () => {
    const policy = policyOf({ Effect: "Deny", Principal: "*", Action: "dynamodb:*", Resource: "*" });
    const more = (stack: StackBuilder) =>
      stack.add("aws:dynamodb/resourcePolicy:ResourcePolicy", "closed", { resourceArn: both[1], policy });
    expect(cutsIn(stackOf({ more }))).toEqual([`pay-${tokyo} cut: "closed" denies everybody pay-data`]);
  });

  it("takes the replica out: without Tokyo's permission the loss of Seoul takes the service down", () => {
    const policy = policyOf({ Action: "dynamodb:*", Resource: both[0] });
    const service = readEstate(stackOf({ policy }).resources).services.find(({ id }) => id === "pay");
    expect(service?.replicas.map(({ reached }) => reached)).toEqual([{ known: true, value: false }, undefined]);
  });
});

describe("the security groups of both ends", () => {
  interface Ends {
    readonly out?: Given;
    readonly into?: Given;
    /** False where another stack holds the subnets. */
    readonly subnets?: boolean;
  }

  /** Tasks that need a database, in one network. */
  function tasksOf({ out, into, subnets: areHere = true }: Ends): StackBuilder {
    const stack = new StackBuilder();
    const subnets = ["apne2-az1", "apne2-az2"].map((availabilityZoneId, index) =>
      stack.add("aws:ec2/subnet:Subnet", `private-${index}`, { region: seoul, availabilityZoneId, ...(areHere ? { cidrBlock: `10.0.${index}.0/24` } : {}) }),
    ); // prettier-ignore
    stack.add("aws:ec2/securityGroup:SecurityGroup", "units", { egress: out ?? [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }] }); // prettier-ignore
    const from = [{ protocol: "tcp", fromPort: 5432, toPort: 5432, securityGroups: ["units-id"] }];
    const data = stack.add("aws:ec2/securityGroup:SecurityGroup", "data", { ingress: into ?? from });
    const group = stack.add("aws:rds/subnetGroup:SubnetGroup", "data", {
      subnetIds: subnets.map((one) => output(one)),
    });
    const cluster = stack.add("aws:rds/cluster:Cluster", "pay-data", { region: seoul, engine: "aurora-postgresql", dbSubnetGroupName: output(group, "name"), vpcSecurityGroupIds: [output(data)], tags: tags({ service: "pay-data" }) }); // prettier-ignore
    stack.add("aws:rds/clusterInstance:ClusterInstance", "one", { region: seoul, clusterIdentifier: output(cluster), availabilityZone: "ap-northeast-2a", engine: "aurora-postgresql" }); // prettier-ignore
    const network = { subnets: subnets.map(({ name }) => `${name}-id`), securityGroups: ["units-id"] };
    stack.add("aws:ecs/service:Service", "pay", { region: seoul, desiredCount: 2, networkConfiguration: network, tags: pay }); // prettier-ignore
    return stack;
  }

  it.each<readonly [string, Ends]>([
    ["by the group of the caller", {}],
    ["by addresses that are not known to be others", { into: [{ protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: ["10.7.0.0/16"] }], subnets: false }],
    ["by the addresses of its network", { into: [{ protocol: "tcp", fromPort: 5000, toPort: 6000, cidrBlocks: ["10.0.0.0/8"] }] }],
  ])("%s are open", (_, ends) => {
    expect(cutsIn(tasksOf(ends))).toEqual([]);
  }); // prettier-ignore

  it.each<readonly [string, Ends, RegExp]>([
    ["a port that is not the database's", { into: [{ protocol: "tcp", fromPort: 3306, toPort: 3306, cidrBlocks: ["0.0.0.0/0"] }] }, /^pay cut: its security group "data" lets nobody in on port 5432 from "units"$/],
    ["a database for the addresses of another network", { into: [{ protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: ["10.7.0.0/16"] }] }, /^pay cut: .*lets nobody in on port 5432 from "units"/],
    ["a database that lets nobody in", { into: [] }, /^pay cut: .*lets nobody in/],
    ["units that nothing lets out", { out: [] }, /^pay cut: its security group "units" lets nothing out on port 5432/],
    ["units that get out on another port alone", { out: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }] }, /^pay cut: .*"units" lets nothing out on port 5432/],
  ])("%s", (_, ends, says) => {
    expect(cutsIn(tasksOf(ends))).toEqual([expect.stringMatching(says)]);
  }); // prettier-ignore
});

describe("tasks", () => {
  const image = `${account}.dkr.ecr.${seoul}.amazonaws.com/pay:1`;
  const pull = policyOf({ Action: "ecr:BatchGetImage", Resource: arnOf("ecr", seoul, "repository/pay") });

  interface Definition {
    readonly definition?: Readonly<Record<string, Given>>;
    readonly container?: Readonly<Record<string, Value>>;
    readonly service?: Readonly<Record<string, Given>>;
    readonly start?: string | undefined;
    readonly managed?: string;
    readonly trust?: string;
  }

  /** A task on Fargate that pulls a private image and needs a table. */
  function tasks(changes: Definition): StackBuilder {
    const { definition = {}, container = {}, service = {}, managed, trust = "ecs-tasks.amazonaws.com" } = changes;
    const stack = new StackBuilder();
    stack.add("aws:dynamodb/table:Table", "pay-data", { region: seoul, tags: tags({ service: "pay-data" }) }, { computed: { arn: both[0] } }); // prettier-ignore
    const own = stack.add("aws:iam/role:Role", "own", { assumeRolePolicy: trusting("ecs-tasks.amazonaws.com") });
    stack.add("aws:iam/rolePolicy:RolePolicy", "own", { role: output(own), policy: policyOf({ Action: "dynamodb:*", Resource: "*" }) }); // prettier-ignore
    const start = stack.add("aws:iam/role:Role", "start", { assumeRolePolicy: trusting(trust), managedPolicyArns: managed === undefined ? [] : [managed] }); // prettier-ignore
    const policy = "start" in changes ? changes.start : pull;
    if (policy !== undefined) stack.add("aws:iam/rolePolicy:RolePolicy", "start", { role: output(start), policy });
    const containers = [{ name: "main", image, essential: true, ...container }];
    const made = stack.add("aws:ecs/taskDefinition:TaskDefinition", "pay", { region: seoul, family: "pay", cpu: "1024", memory: "2048", networkMode: "awsvpc", requiresCompatibilities: ["FARGATE"], executionRoleArn: output(start), taskRoleArn: output(own), containerDefinitions: JSON.stringify(containers), ...definition }); // prettier-ignore
    stack.add("aws:ecs/service:Service", "pay", { region: seoul, desiredCount: 2, launchType: "FARGATE", taskDefinition: output(made), tags: pay, ...service }); // prettier-ignore
    return stack;
  }

  it.each<readonly [string, Definition]>([
    ["of a size that Fargate has", {}],
    ["of the largest size of a processor", { definition: { cpu: "4096", memory: "30720" } }],
    ["of a size in words", { definition: { cpu: "1 vCPU", memory: "3 GB" } }],
    ["on machines, of any size", { definition: { cpu: "700", memory: "900", requiresCompatibilities: ["EC2"] }, service: { launchType: "EC2" } }],
    ["whose execution role has the policy of AWS", { start: undefined, managed: "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy" }],
    ["of a public image without an execution role", { container: { image: "public.ecr.aws/nginx/nginx:1" }, definition: { executionRoleArn: undefined } }],
    ["that wait for one of their containers", { container: { dependsOn: [{ containerName: "main", condition: "START" }] } }],
    ["with keys of their own in place of a role", { definition: { taskRoleArn: undefined }, container: { secrets: [{ name: "OTHER", valueFrom: "x" }], environment: [{ name: "AWS_ACCESS_KEY_ID", value: "AKIAEXAMPLE" }] } }],
  ])("%s start", (_, changes) => {
    expect(cutsIn(tasks(changes))).toEqual([]);
  }); // prettier-ignore

  it.each<readonly [string, Definition, RegExp]>([
    ["of a size that Fargate does not have", { definition: { cpu: "256", memory: "8192" } }, /^pay cut: Fargate has no size of 256 CPU units and 8192 MiB$/],
    ["of a step between two sizes", { definition: { cpu: "1024", memory: "2500" } }, /cut: Fargate has no size/],
    ["that are not made for Fargate", { definition: { requiresCompatibilities: ["EC2"] } }, /cut: "pay" is not made for Fargate/],
    ["on a bridge", { definition: { networkMode: "bridge" } }, /cut: Fargate knows no network mode "bridge"/],
    ["whose container asks for more than there is", { container: { memory: 4096 } }, /cut: the containers of "pay" ask for 4096 of 2048 of its memory/],
    ["that wait for a container that is not there", { container: { dependsOn: [{ containerName: "proxy", condition: "HEALTHY" }] } }, /cut: "pay" has no container "proxy"/],
    ["that are led to in a container that is not there", { service: { loadBalancers: [{ containerName: "web", containerPort: 80, targetGroupArn: "x" }] } }, /cut: "pay" has no container "web"/],
    ["whose execution role may pull of another region", { start: pull.replace(seoul, tokyo) }, /cut: no policy of role "start" lets it pull pay in ap-northeast-2/],
    ["whose execution role may nothing", { start: undefined }, /cut: no policy of role "start"/],
    ["whose execution role ECS may not take", { trust: "ec2.amazonaws.com" }, /cut: the trust policy of role "start"/],
    ["without an execution role", { definition: { executionRoleArn: undefined } }, /unsure: "pay" has no execution role/],
    ["without a role of their own", { definition: { taskRoleArn: undefined } }, /unsure: the tasks of "pay" have no role/],
  ])("%s do not serve", (_, changes, says) => {
    expect(cutsIn(tasks(changes))).toEqual([expect.stringMatching(says)]);
  }); // prettier-ignore
});

describe("a store that a gateway endpoint leads to", () => {
  function throughList(list: string): StackBuilder {
    const stack = new StackBuilder();
    stack.add("aws:ec2/vpcEndpoint:VpcEndpoint", "s3", { serviceName: `com.amazonaws.${seoul}.s3`, prefixListId: "pl-s3" }); // prettier-ignore
    stack.add("aws:ec2/vpcEndpoint:VpcEndpoint", "data", { serviceName: `com.amazonaws.${seoul}.dynamodb`, prefixListId: "pl-data" }); // prettier-ignore
    stack.add("aws:ec2/securityGroup:SecurityGroup", "units", { egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, prefixListIds: [list] }] }); // prettier-ignore
    stack.add("aws:dynamodb/table:Table", "pay-data", { region: seoul, tags: tags({ service: "pay-data" }) }, { computed: { arn: both[0] } }); // prettier-ignore
    stack.add("aws:lambda/function:Function", "pay", { region: seoul, vpcConfig: { securityGroupIds: ["units-id"], subnetIds: [] }, tags: pay }); // prettier-ignore
    return stack;
  }

  it("is reached by its own list of prefixes, or one that nobody knows", () => {
    expect([...cutsIn(throughList("pl-data")), ...cutsIn(throughList("pl-elsewhere"))]).toEqual([]);
  });

  it("is not known to be by that of another service", () => {
    expect(cutsIn(throughList("pl-s3"))).toEqual([
      expect.stringMatching(/^pay unsure: .* lets nothing out to dynamodb/),
    ]);
  });
});

describe("a service that is called by a private name", () => {
  interface Call {
    readonly url?: string;
    readonly record?: string | undefined;
    readonly zoned?: string;
    readonly out?: readonly Value[];
    readonly into?: readonly Value[];
  }

  /** Tasks that call an internal load balancer of their own network. */
  function callOf(call: Call): StackBuilder {
    const { url = "https://login.internal.example/v1", zoned = "net-id" } = call;
    const stack = new StackBuilder();
    for (const name of ["net", "other"]) stack.add("aws:ec2/vpc:Vpc", name, { region: seoul });
    stack.add("aws:ec2/subnet:Subnet", "private", { region: seoul, availabilityZoneId: "apne2-az1", vpcId: "net-id", cidrBlock: "10.0.0.0/24" }); // prettier-ignore
    stack.add("aws:ec2/securityGroup:SecurityGroup", "units", { egress: call.out ?? [{ protocol: "tcp", fromPort: 443, toPort: 443, securityGroups: ["front-id"] }] }); // prettier-ignore
    stack.add("aws:ec2/securityGroup:SecurityGroup", "front", { ingress: call.into ?? [{ protocol: "tcp", fromPort: 443, toPort: 443, securityGroups: ["units-id"] }] }); // prettier-ignore
    stack.add("aws:lb/loadBalancer:LoadBalancer", "login", { region: seoul, internal: true, subnets: ["private-id"], securityGroups: ["front-id"], dnsName: "login.elb.example" }); // prettier-ignore
    stack.add("aws:route53/zone:Zone", "internal", { name: "internal.example", vpcs: [{ vpcId: zoned }] });
    const record = "record" in call ? call.record : "login.internal.example";
    if (record !== undefined) stack.add("aws:route53/record:Record", "login", { zoneId: "internal-id", name: record, type: "A", aliases: [{ name: "login.elb.example" }] }); // prettier-ignore
    const containers = [
      { name: "main", image: "public.ecr.aws/pay:1", environment: [{ name: "LOGIN_URL", value: url }] },
    ];
    stack.add("aws:ecs/taskDefinition:TaskDefinition", "web", { region: seoul, family: "web", containerDefinitions: JSON.stringify(containers) }); // prettier-ignore
    stack.add("aws:ecs/service:Service", "web", { region: seoul, desiredCount: 2, taskDefinition: "web-id", networkConfiguration: { subnets: ["private-id"], securityGroups: ["units-id"] }, tags: tags({ service: "web" }) }); // prettier-ignore
    return stack;
  }

  it.each<readonly [string, Call]>([
    ["by its own name", {}],
    ["by a name for all", { record: "*.internal.example" }],
    ["outside of the zones of the stack", { url: "https://login.example.net" }],
    ["by a word that is no address", { url: "login.internal.example", record: undefined }],
    ["from anywhere in the network", { into: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["10.0.0.0/16"] }] }],
  ])("%s is reached", (_, call) => {
    expect(cutsIn(callOf(call))).toEqual([]);
  }); // prettier-ignore

  it.each<readonly [string, Call, RegExp]>([
    ["a zone of another network", { zoned: "other-id" }, /^web cut: the zone "internal" does not answer in the network "net"/],
    ["a name without a record", { record: "pay.internal.example" }, /^web unsure: no record of the zone "internal" is of login\.internal\.example/],
    ["another port", { url: "http://login.internal.example:8080" }, /^web cut: .*lets nothing out on port 8080/],
    ["a caller that nothing lets out to it", { out: [{ protocol: "tcp", fromPort: 443, toPort: 443, securityGroups: ["elsewhere-id"] }] }, /^web cut: its security group "units" lets nothing out/],
    ["a load balancer that lets others in", { into: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.9.0.0/16"] }] }, /^web cut: its security group "front" lets nobody in/],
  ])("is not over %s", (_, call, says) => {
    expect(cutsIn(callOf(call))).toEqual([expect.stringMatching(says)]);
  }); // prettier-ignore
});

describe("statements of policies", () => {
  it.each([
    ["dynamodb:*", "dynamodb:getitem", true],
    ["*", "", true],
    ["a?c*e", "abcde", true],
    ["a?c*e", "abcd", false],
    ["a*b*c", "aXbXbc", true],
    ["a*b*c", "aXbXb", false],
    ["arn:aws:s3:::b", "arn:aws:s3:::b/x", false],
  ])("the pattern %s and %s: %p", (pattern, whole, matches) => {
    expect(globMatches(pattern, whole)).toBe(matches);
  });

  it.each([["{"], [7], [undefined], ["[]x"]])("%p is no document", (document) => {
    expect(statementsIn(document as Value)).toBeUndefined();
  });

  it("may stand alone, without a list", () => {
    const one = { Statement: { Effect: "Allow", Action: "s3:*", Resource: "*" } };
    expect(statementsIn(one)).toHaveLength(1);
  });
});
