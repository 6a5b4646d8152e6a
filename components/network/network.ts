/** A region's network as other components take it: made here, or one that existed before. */
import type * as pulumi from "@pulumi/pulumi";

/** A zone's part of a network. */
export interface NetworkZone {
  readonly zoneId: string;
  /** The account's name of the zone. @default not known: the cloud chooses where a zone is asked for by name */
  readonly availabilityZone?: pulumi.Input<string>;
  /** Subnet with a route to an internet gateway. */
  readonly publicSubnetId: pulumi.Input<string>;
  /** Subnet in which units and stores stand. */
  readonly privateSubnetId: pulumi.Input<string>;
  /** Route table of the private subnet. @default not known: the network cannot be peered */
  readonly privateRouteTableId?: pulumi.Input<string>;
}

export interface Network {
  readonly vpcId: pulumi.Input<string>;
  /** Its addresses, such as 10.20.0.0/16. */
  readonly cidr: string;
  readonly zones: readonly NetworkZone[];
  /** Security group of its interface endpoints. @default it has none, and what is private of AWS is reached by NAT */
  readonly endpointsGroupId?: pulumi.Input<string>;
  /** Prefix lists of its gateway endpoints. @default none */
  readonly prefixListIds?: Readonly<Record<string, pulumi.Input<string>>>;
}
