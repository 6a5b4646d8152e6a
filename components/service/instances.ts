/** Units as instances of EC2 in an autoscaling group, one container each. */
import * as autoscaling from "@pulumi/aws/autoscaling";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";
import type { InstancesSpec } from "../../estate";
import { instanceTypeOf } from "../../estate/instanceType";
import { awsTags, awsWorkloadTags } from "../common/identity";
import { physicalName } from "../common/names";
import type { Settled } from "./args";
import { commonOf } from "./firewall";
import { UnitRole, logStatements, pullStatements, secretStatements } from "./roles";
import type { Standing } from "./standing";
import { startScript } from "./startScript";

/**
 * Looked up by EC2 itself when an instance starts: a preview needs no call, and no id of a region stands in the code.
 */
function newestAmazonLinux(architecture: InstancesSpec["architecture"]): string {
  return `resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`;
}

/** The group, over all zones, never with fewer instances than planned. */
export function createInstances(
  parent: pulumi.ComponentResource,
  name: string,
  args: Settled,
  compute: InstancesSpec,
  standing: Standing,
): autoscaling.Group {
  const { identity, site, network, units } = args;
  const template = createTemplate(parent, name, args, compute, standing);
  const tags = Object.entries({ Name: name, ...awsWorkloadTags(identity, site.name) });
  const alarmed =
    standing.alarms.length === 0 ? {} : { alarmSpecification: { alarms: standing.alarms.map((alarm) => alarm.name) } };
  const group = new autoscaling.Group(
    name,
    {
      region: site.region,
      vpcZoneIdentifiers: network.zones.map((zone) => zone.privateSubnetId),
      desiredCapacity: units,
      minSize: units,
      maxSize: args.mostUnits,
      targetGroupArns: standing.balanced ? [standing.balanced.targets.arn] : [],
      healthCheckType: standing.balanced ? "ELB" : "EC2",
      healthCheckGracePeriod: 120,
      launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
      // New units first: an update never takes a site below what was planned for it.
      instanceRefresh: {
        strategy: "Rolling",
        preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 110, autoRollback: true, ...alarmed },
      },
      tags: tags.map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
    },
    { parent, dependsOn: [...(standing.balanced?.ready ?? [])] },
  );
  new autoscaling.Policy(
    name,
    {
      region: site.region,
      autoscalingGroupName: group.name,
      policyType: "TargetTrackingScaling",
      targetTrackingConfiguration: {
        targetValue: Math.round(args.scaling.cpuShare * 100),
        predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
      },
    },
    { parent },
  );
  return group;
}

function createTemplate(
  parent: pulumi.ComponentResource,
  name: string,
  args: Settled,
  compute: InstancesSpec,
  { groups, logGroup }: Standing,
): ec2.LaunchTemplate {
  const own = new UnitRole(parent, name, args, "ec2.amazonaws.com");
  own.allow("image", pullStatements(args.container.image));
  own.allow("output", logStatements(logGroup.arn));
  own.allow("secrets", secretStatements(args.container.secrets));
  own.grant(args.grants);
  // A shell by Session Manager: Amazon Linux brings the agent, the role lets it speak.
  own.attach("shell", "AmazonSSMManagedInstanceCore");
  const profile = new iam.InstanceProfile(
    name,
    { name: physicalName(name, 128), role: own.role.name, tags: awsTags(args.identity, args.site.name) },
    { parent, dependsOn: [...own.policies] },
  );
  return new ec2.LaunchTemplate(
    name,
    {
      ...commonOf(args),
      imageId: newestAmazonLinux(compute.architecture),
      instanceType: instanceTypeOf(compute),
      iamInstanceProfile: { arn: profile.arn },
      vpcSecurityGroupIds: [groups.units.id],
      // A hop more than the instance itself: its container asks for the role too.
      metadataOptions: { httpTokens: "required", httpEndpoint: "enabled", httpPutResponseHopLimit: 2 },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: { volumeSize: 30, volumeType: "gp3", encrypted: "true", deleteOnTermination: "true" },
        },
      ],
      updateDefaultVersion: true,
      userData: startScript(args, logGroup.name),
    },
    { parent },
  );
}
