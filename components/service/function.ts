/** Units as executions of Lambda behind the load balancer. */
import * as appautoscaling from "@pulumi/aws/appautoscaling";
import * as lambda from "@pulumi/aws/lambda";
import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import type { FunctionSpec } from "../../estate";
import { awsUnitTags } from "../common/identity";
import { physicalName } from "../common/names";
import type { Settled } from "./args";
import { environmentOf } from "./container";
import { commonOf } from "./firewall";
import { UnitRole, logStatements, secretStatements } from "./roles";
import type { Standing } from "./standing";

/** Name of the version that is served. */
const live = "live";

/**
 * The function with its executions provisioned, never fewer than planned: none of them has to start when another site
 * is lost.
 */
export function createFunction(
  parent: pulumi.ComponentResource,
  name: string,
  args: Settled,
  compute: FunctionSpec,
  standing: Standing,
): lambda.Function {
  const { balanced, logGroup, groups } = standing;
  if (!balanced) throw new Error(`${name} is a function that nothing calls.`);
  const region = args.site.region;
  const own = new UnitRole(parent, name, args, "lambda.amazonaws.com");
  own.allow("output", logStatements(logGroup.arn));
  own.allow("secrets", secretStatements(args.container.secrets));
  own.grant(args.grants);
  // To stand in the network's subnets.
  own.attach("network", "service-role/AWSLambdaVPCAccessExecutionRole");

  const made = new lambda.Function(
    name,
    {
      region,
      tags: awsUnitTags(args.identity, args.site.name),
      name: physicalName(name, 64),
      role: own.role.arn,
      packageType: "Image",
      imageUri: args.container.image,
      ...(args.container.command ? { imageConfig: { commands: [...args.container.command] } } : {}),
      architectures: [compute.architecture],
      memorySize: compute.memoryMiB,
      timeout: compute.timeoutSeconds,
      publish: true,
      environment: { variables: functionEnvironment(args) },
      vpcConfig: {
        subnetIds: args.network.zones.map((zone) => zone.privateSubnetId),
        securityGroupIds: [groups.units.id],
      },
      loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
    },
    { parent, dependsOn: [...own.policies] },
  );
  const alias = new lambda.Alias(
    name,
    { region, name: live, functionName: made.name, functionVersion: made.version },
    { parent },
  );
  const permission = new lambda.Permission(
    name,
    {
      region,
      action: "lambda:InvokeFunction",
      function: made.name,
      qualifier: alias.name,
      principal: "elasticloadbalancing.amazonaws.com",
      sourceArn: balanced.targets.arn,
    },
    { parent },
  );
  new lb.TargetGroupAttachment(
    name,
    { region, targetGroupArn: balanced.targets.arn, targetId: alias.arn },
    { parent, dependsOn: [permission] },
  );
  createProvision(parent, name, args, made, alias);
  return made;
}

/** A function reads secrets by their ARNs: Lambda has no variables that are filled in from Secrets Manager. */
function functionEnvironment(args: Settled): Record<string, pulumi.Input<string>> {
  const arns = Object.entries(args.container.secrets ?? {}).map(([key, arn]) => [`${key}_ARN`, arn]);
  return { ...environmentOf(args), ...Object.fromEntries(arns) } as Record<string, pulumi.Input<string>>;
}

function createProvision(
  parent: pulumi.ComponentResource,
  name: string,
  args: Settled,
  made: lambda.Function,
  alias: lambda.Alias,
): void {
  const region = args.site.region;
  const provisioned = new lambda.ProvisionedConcurrencyConfig(
    name,
    { region, functionName: made.name, qualifier: alias.name, provisionedConcurrentExecutions: args.units },
    { parent },
  );
  const target = new appautoscaling.Target(
    name,
    {
      ...commonOf(args),
      serviceNamespace: "lambda",
      scalableDimension: "lambda:function:ProvisionedConcurrency",
      resourceId: pulumi.interpolate`function:${made.name}:${alias.name}`,
      minCapacity: args.units,
      maxCapacity: args.mostUnits,
    },
    { parent, dependsOn: [provisioned] },
  );
  new appautoscaling.Policy(
    name,
    {
      region,
      name,
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        // A share, not percent (Application Auto Scaling User Guide, "AWS Lambda and Application Auto Scaling").
        targetValue: args.scaling.cpuShare,
        predefinedMetricSpecification: { predefinedMetricType: "LambdaProvisionedConcurrencyUtilization" },
      },
    },
    { parent },
  );
}
