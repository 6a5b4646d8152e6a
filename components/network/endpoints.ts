/** Private ways from a network to services of AWS, so that no start and no call hangs on the internet. */
import * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";

/** Services that a route leads to, free of charge. */
export const gatewayServices = ["s3", "dynamodb"] as const;
export type GatewayService = (typeof gatewayServices)[number];

export interface EndpointArgs {
  readonly region: string;
  readonly vpcId: pulumi.Input<string>;
  readonly subnetIds: readonly pulumi.Input<string>[];
  readonly routeTableIds: readonly pulumi.Input<string>[];
  /** Services of interface endpoints, such as ecr.api. */
  readonly services: readonly string[];
  readonly tagsOf: (part: string) => Record<string, string>;
}

export interface Endpoints {
  readonly groupId?: pulumi.Output<string>;
  readonly prefixListIds: Readonly<Record<GatewayService, pulumi.Output<string>>>;
}

/** Makes the endpoints. Who may call one is said by the callers' own rules, group by group. */
export function createEndpoints(parent: pulumi.ComponentResource, name: string, args: EndpointArgs): Endpoints {
  const { region, vpcId, services, tagsOf } = args;
  const options = { parent };
  const gateway = (service: GatewayService) =>
    new ec2.VpcEndpoint(
      `${name}-${service}`,
      {
        region,
        vpcId,
        vpcEndpointType: "Gateway",
        serviceName: `com.amazonaws.${region}.${service}`,
        routeTableIds: [...args.routeTableIds],
        tags: tagsOf(service),
      },
      options,
    ).prefixListId;
  const prefixListIds = { s3: gateway("s3"), dynamodb: gateway("dynamodb") };
  if (services.length === 0) return { prefixListIds };

  const group = new ec2.SecurityGroup(
    `${name}-endpoints`,
    { region, vpcId, description: "Endpoints of services of AWS", tags: tagsOf("endpoints") },
    options,
  );
  for (const service of services) {
    new ec2.VpcEndpoint(
      `${name}-${service.replaceAll(".", "-")}`,
      {
        region,
        vpcId,
        vpcEndpointType: "Interface",
        serviceName: `com.amazonaws.${region}.${service}`,
        subnetIds: [...args.subnetIds],
        securityGroupIds: [group.id],
        privateDnsEnabled: true,
        tags: tagsOf(service),
      },
      options,
    );
  }
  return { groupId: group.id, prefixListIds };
}
