/** Units as tasks of ECS on Fargate. */
import * as appautoscaling from "@pulumi/aws/appautoscaling";
import * as ecs from "@pulumi/aws/ecs";
import * as pulumi from "@pulumi/pulumi";
import type { FargateSpec } from "../../estate";
import { awsUnitTags } from "../common/identity";
import { physicalName } from "../common/names";
import type { Settled } from "./args";
import { containerDefinitions } from "./container";
import { commonOf } from "./firewall";
import { UnitRole, logStatements, pullStatements, secretStatements, shellStatements } from "./roles";
import type { Standing } from "./standing";

const taker = "ecs-tasks.amazonaws.com";

/** The tasks, spread over all zones, never fewer than planned. */
export function createTasks(
  parent: pulumi.ComponentResource,
  name: string,
  args: Settled,
  compute: FargateSpec,
  standing: Standing,
): ecs.Service {
  const common = commonOf(args);
  const cluster = new ecs.Cluster(
    name,
    { ...common, name: physicalName(name, 255), settings: [{ name: "containerInsights", value: "enabled" }] },
    { parent },
  );
  const { task, rights } = createTask(parent, name, args, compute, standing);
  const service = new ecs.Service(
    name,
    {
      region: common.region,
      tags: awsUnitTags(args.identity, args.site.name),
      name,
      cluster: cluster.arn,
      taskDefinition: task.arn,
      desiredCount: args.units,
      launchType: "FARGATE",
      platformVersion: "LATEST",
      availabilityZoneRebalancing: "ENABLED",
      networkConfiguration: {
        subnets: args.network.zones.map((zone) => zone.privateSubnetId),
        securityGroups: [standing.groups.units.id],
        assignPublicIp: false,
      },
      ...balancedBy(args, standing),
      // New units first: an update never takes a site below what was planned for it.
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 150,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      enableExecuteCommand: true,
      enableEcsManagedTags: true,
      propagateTags: "SERVICE",
    },
    { parent, dependsOn: [...(standing.balanced?.ready ?? []), ...rights] },
  );
  createScaling(parent, name, args, cluster, service);
  return service;
}

function createTask(
  parent: pulumi.ComponentResource,
  name: string,
  args: Settled,
  compute: FargateSpec,
  { logGroup }: Standing,
) {
  const starter = new UnitRole(parent, `${name}-start`, args, taker);
  starter.allow("image", pullStatements(args.container.image));
  starter.allow("output", logStatements(logGroup.arn));
  starter.allow("secrets", secretStatements(args.container.secrets));
  const own = new UnitRole(parent, name, args, taker);
  own.allow("shell", shellStatements);
  own.grant(args.grants);
  const task = new ecs.TaskDefinition(
    name,
    {
      ...commonOf(args),
      family: physicalName(name, 255),
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      cpu: String(compute.cpu),
      memory: String(compute.memoryMiB),
      runtimePlatform: {
        operatingSystemFamily: "LINUX",
        cpuArchitecture: compute.architecture === "arm64" ? "ARM64" : "X86_64",
      },
      executionRoleArn: starter.role.arn,
      taskRoleArn: own.role.arn,
      containerDefinitions: containerDefinitions(name, args, logGroup.name),
    },
    { parent },
  );
  return { task, rights: [...starter.policies, ...own.policies] };
}

function balancedBy({ identity, port }: Settled, { balanced, alarms }: Standing): Partial<ecs.ServiceArgs> {
  if (!balanced) return {};
  return {
    loadBalancers: [{ targetGroupArn: balanced.targets.arn, containerName: identity.service, containerPort: port }],
    // Time for a process to start before a check counts.
    healthCheckGracePeriodSeconds: 60,
    alarms: { enable: true, rollback: true, alarmNames: alarms.map((alarm) => alarm.name) },
  };
}

function createScaling(
  parent: pulumi.ComponentResource,
  name: string,
  args: Settled,
  cluster: ecs.Cluster,
  service: ecs.Service,
): void {
  const target = new appautoscaling.Target(
    name,
    {
      ...commonOf(args),
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: pulumi.interpolate`service/${cluster.name}/${service.name}`,
      // The plan's reserve is the floor: what is scaled in on a quiet night is missing in a loss.
      minCapacity: args.units,
      maxCapacity: args.mostUnits,
    },
    { parent },
  );
  new appautoscaling.Policy(
    name,
    {
      region: args.site.region,
      name,
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        targetValue: Math.round(args.scaling.cpuShare * 100),
        predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
        scaleOutCooldown: 30,
        scaleInCooldown: 300,
      },
    },
    { parent },
  );
}
