/** Records the resources that a program registers, under Pulumi's own mocks. */
import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";

export interface RecordedResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** URN and id of an explicit provider; empty for the default one. */
  readonly provider: string;
  readonly custom: boolean;
}

export interface Recording {
  /** Resources in the order in which they were registered, which differs from run to run: sort before comparing. */
  readonly resources: readonly RecordedResource[];
  /** What a component published by `registerOutputs`; undefined where it did not. */
  published(type: string, name: string): unknown;
  ofType(type: string): readonly RecordedResource[];
  /** The one resource of that type and name. */
  one(type: string, name: string): RecordedResource;
}

/** The monitor's request, as far as it is looked at. */
interface OutputsRequest {
  getUrn(): string;
  getOutputs(): { toJavaScript(): unknown } | undefined;
}

/** Runs a program under mocks and waits until everything that it registered has been recorded. */
export async function record(program: () => unknown): Promise<Recording> {
  const resources: RecordedResource[] = [];
  const published = new Map<string, unknown>();
  const publish = jest
    .spyOn(MockMonitor.prototype, "registerResourceOutputs")
    .mockImplementation((request, callback) => {
      const outputs = request as OutputsRequest;
      published.set(outputs.getUrn(), outputs.getOutputs()?.toJavaScript());
      (callback as (error: undefined, answer: object) => void)(undefined, {});
    });
  try {
    await pulumi.runtime.setMocks({ newResource, call: refuseCall }, "duplex", "test", false);
    await program();
    await pulumi.runtime.disconnect();
  } finally {
    publish.mockRestore();
  }

  function newResource(args: pulumi.runtime.MockResourceArgs) {
    const { type, name, provider = "", custom = false } = args;
    // The SDK types a resource's inputs as anything; here they are looked at, never trusted.
    const inputs = args.inputs as Record<string, unknown>;
    resources.push({ type, name, inputs, provider, custom });
    return { id: custom ? `${name}-id` : undefined, state: { ...inputs, ...computed(type, name, inputs) } };
  }
  const ofType = (type: string) => resources.filter((resource) => resource.type === type);
  return {
    resources,
    ofType,
    published: (type, name) => [...published].find(([urn]) => urn.endsWith(`${type}::${name}`))?.[1],
    one: (type, name) => {
      const found = ofType(type).filter((resource) => resource.name === name);
      const [only] = found;
      if (found.length === 1 && only) return only;
      const names = ofType(type).map((resource) => resource.name);
      throw new Error(`Expected one ${type} named ${name}, found ${found.length}; there are: ${names.join(", ")}.`);
    },
  };
}

function refuseCall({ token }: pulumi.runtime.MockCallArgs): never {
  throw new Error(`The program must not call ${token}: a preview would have to wait for it.`);
}

/** What the cloud computes and the program reads. */
function computed(type: string, name: string, inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  switch (type) {
    case "aws:lb/loadBalancer:LoadBalancer":
      return { arn: `arn:${name}`, arnSuffix: `app/${name}`, dnsName: `${name}.elb.example`, zoneId: "ZELB" };
    case "aws:lb/targetGroup:TargetGroup":
      return { arn: `arn:${name}`, arnSuffix: `targetgroup/${name}` };
    case "aws:ec2/eip:Eip":
      return { allocationId: `${name}-id`, publicIp: `address of ${name}` };
    case "aws:ec2/vpcEndpoint:VpcEndpoint":
      return { prefixListId: `prefixes of ${name}` };
    case "aws:acm/certificate:Certificate":
      return { arn: `arn:${name}`, domainValidationOptions: proofsOf(inputs) };
    case "aws:route53/record:Record":
      return { fqdn: inputs["name"] };
    case "aws:dynamodb/table:Table":
      return { arn: `arn:aws:dynamodb:${String(inputs["region"])}:111122223333:table/${name}` };
    case "aws:rds/cluster:Cluster":
      return {
        arn: `arn:aws:rds:${String(inputs["region"])}:111122223333:cluster:${name}`,
        clusterResourceId: `cluster of ${name}`,
        endpoint: `writer of ${name}`,
        readerEndpoint: `reader of ${name}`,
      };
    case "aws:iam/openIdConnectProvider:OpenIdConnectProvider":
      return { arn: `arn:aws:iam::111122223333:oidc-provider/${String(inputs["url"]).replace("https://", "")}` };
    case "kubernetes:gateway.networking.k8s.io/v1:Gateway":
      return { status: { addresses: [{ type: "IPAddress", value: "198.51.100.7" }] } };
    case "aws:ec2/subnet:Subnet":
      return { availabilityZone: `zone of ${name}` };
    case "aws:ec2/launchTemplate:LaunchTemplate":
      return { latestVersion: 1 };
    case "kubernetes:core/v1:Service":
      return { status: { loadBalancer: { ingress: [{ ip: "198.51.100.7" }] } } };
    default:
      return { arn: `arn:${name}` };
  }
}

/** One record for each name; a wildcard has its parent's. */
function proofsOf(inputs: Readonly<Record<string, unknown>>): readonly Record<string, string>[] {
  return (inputs["subjectAlternativeNames"] as readonly string[]).map((domainName) => ({
    domainName,
    resourceRecordName: `_proof.${domainName.replace("*.", "")}.`,
    resourceRecordType: "CNAME",
    resourceRecordValue: "_value.acm-validations.example.",
  }));
}
