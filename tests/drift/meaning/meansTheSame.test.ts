import { meansTheSame } from "../../../drift/meaning";
import type { Value } from "../../../inventory/resource";

const policy = (statement: unknown) => JSON.stringify({ Version: "2012-10-17", Statement: statement });
const role = "aws:iam/role:Role";
const record = "aws:route53/record:Record";
const pod = "kubernetes:apps/v1:Deployment";
const requests = ["spec", "containers", "resources", "requests", "cpu"];

test.each<[string, string, readonly string[], Value, Value]>([
  ["white space and order in JSON", "aws:x/y:Y", ["body"], '{"a":1,"b":[1,2]}', '{ "b": [1, 2],\n "a": 1 }'],
  ["escapes in JSON", "aws:x/y:Y", ["body"], '{"a":"\\u0062"}', '{"a":"b"}'],
  [
    "one action and a list of it",
    role,
    ["policy"],
    policy({ Effect: "Allow", Action: "S3:GetObject", Resource: ["b", "a"] }),
    policy([{ Effect: "Allow", Action: ["s3:GetObject"], Resource: ["a", "b"] }]),
  ],
  [
    "an account and its root",
    role,
    ["assumeRolePolicy"],
    policy([{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "123456789012" } }]),
    policy([{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "arn:aws:iam::123456789012:root" } }]),
  ],
  [
    "what ECS fills in",
    "aws:ecs/taskDefinition:TaskDefinition",
    ["containerDefinitions"],
    '[{"name":"a","environment":[{"name":"A","value":"1"},{"name":"B","value":"2"}]}]',
    '[{"cpu":0,"essential":true,"mountPoints":[],"name":"a","environment":[{"name":"B","value":"2"},{"name":"A","value":"1"}]}]',
  ],
  ["case of a name", record, ["name"], "WWW.example.com", "www.example.com."],
  ["the star of a record", record, ["fqdn"], "\\052.example.com", "*.example.com"],
  ["the target of a record", record, ["records"], "10 Mail.example.com", "10 mail.example.com."],
  ["an alias's name", record, ["aliases", "dnsName"], "lb.example.com.", "lb.example.com"],
  ["thousandths", pod, requests, "100m", "0.1"],
  ["powers of two", pod, ["resources", "limits", "memory"], "64Mi", "67108864"],
  ["a quantity as number", pod, requests, 1, "1000m"],
  ["exponents", pod, ["resources", "limits", "memory"], "1e3", "1k"],
  [
    "gibibytes",
    "kubernetes:core/v1:PersistentVolumeClaim",
    ["spec", "resources", "requests", "storage"],
    "1Gi",
    "1024Mi",
  ],
  ["hours and minutes", "kubernetes:cert-manager.io/v1:Certificate", ["spec", "duration"], "1h30m", "90m"],
  ["a number as text", "aws:x/y:Y", ["port"], "80", 80],
  ["a boolean as text", "aws:x/y:Y", ["enabled"], "true", true],
  ["an address within its network", "aws:ec2/vpc:Vpc", ["cidrBlock"], "10.0.7.5/16", "10.0.0.0/16"],
  ["zeros of IPv6", "aws:ec2/vpc:Vpc", ["ipv6CidrBlock"], "2001:0db8:0::/48", "2001:db8::/48"],
  ["a protocol by its number", "aws:ec2/securityGroupRule:SecurityGroupRule", ["protocol"], "6", "tcp"],
  ["a key by its ARN", "aws:x/y:Y", ["kmsKeyId"], "arn:aws:kms:eu-west-1:123456789012:key/1-2", "1-2"],
  ["a group of logs", "aws:x/y:Y", ["logGroupArn"], "arn:aws:logs:a:1:log-group:g:*", "arn:aws:logs:a:1:log-group:g"],
  ["an instant in two zones", "aws:x/y:Y", ["start"], "2026-11-20T10:00:00Z", "2026-11-20T19:00:00.000+09:00"],
  [
    "a window with capitals",
    "aws:rds/cluster:Cluster",
    ["preferredMaintenanceWindow"],
    "Sun:05:00-Sun:06:00",
    "sun:05:00-sun:06:00",
  ],
  ["data in base64", "aws:ec2/instance:Instance", ["userData"], "#!/bin/sh\necho a", "IyEvYmluL3NoCmVjaG8gYQ=="],
])("%s", (_, type, names, one, other) => {
  expect(meansTheSame(type, names, one, other)).toBe(true);
  expect(meansTheSame(type, names, other, one)).toBe(true);
});

test.each<[string, string, readonly string[], Value, Value]>([
  ["one action more", role, ["policy"], policy([{ Action: "s3:Get" }]), policy([{ Action: ["s3:Get", "s3:Put"] }])],
  ["another effect", role, ["policy"], policy([{ Effect: "Allow" }]), policy([{ Effect: "Deny" }])],
  ["the case of a resource", role, ["policy"], policy([{ Resource: "A" }]), policy([{ Resource: "a" }])],
  ["the order of a list in JSON", "aws:x/y:Y", ["body"], "[1,2]", "[2,1]"],
  ["numbers that are too long", "aws:x/y:Y", ["body"], "[9007199254740993]", "[9007199254740992]"],
  ["another quantity", pod, requests, "200m", "0.1"],
  ["milli and mega", pod, ["resources", "limits", "memory"], "64M", "64m"],
  ["a quantity in a variable", pod, ["spec", "containers", "env", "value"], "100m", "0.1"],
  ["the name of a port", "kubernetes:core/v1:Service", ["spec", "ports", "targetPort"], "80", 80],
  ["the case of a text record", "aws:route53/record:Record", ["records"], "v=A b", "v=a b"],
  ["the case of a tag", "aws:x/y:Y", ["tags", "Name"], "Web", "web"],
  ["another network", "aws:ec2/vpc:Vpc", ["cidrBlock"], "10.1.0.0/16", "10.0.0.0/16"],
  ["another length", "aws:ec2/vpc:Vpc", ["cidrBlock"], "10.0.0.0/24", "10.0.0.0/16"],
  ["two hosts", "aws:x/y:Y", ["targetId"], "10.0.0.1", "10.0.0.2"],
  ["another key", "aws:x/y:Y", ["kmsKeyId"], "arn:aws:kms:eu-west-1:123456789012:key/1-2", "1-3"],
  ["versions", "aws:x/y:Y", ["engineVersion"], "1.10", "1.1"],
  ["another instant", "aws:x/y:Y", ["start"], "2026-11-20T10:00:00Z", "2026-11-20T10:00:00+09:00"],
])("but not %s", (_, type, names, one, other) => {
  expect(meansTheSame(type, names, one, other)).toBe(false);
});
