import * as pulumi from "@pulumi/pulumi";
import { componentTypes } from "../../model";
import { published } from "../common/identity";
import { refuseIfAny } from "../common/refuse";
import { type AwsServiceArgs, type Settled, settled } from "./args";
import { type Balanced, createBalancer } from "./balancer";
import { type EntranceAddress, createEntrance } from "./entrance";
import { createTasks } from "./fargate";
import { createGroups, createReaches } from "./firewall";
import { createFunction } from "./function";
import { createInstances } from "./instances";
import { awsServiceMistakes } from "./mistakes";
import type { Standing } from "./standing";
import { createDeploymentAlarm, createLogGroup } from "./watch";

/**
 * A service in one region of AWS, over all of its zones: units that are never fewer than planned, a load balancer
 * inside of the network for other services, and for a public one an entrance with a fixed address in each zone. TLS
 * ends at the inner load balancer; plain HTTP is sent there.
 *
 * Cost: the units day and night, an application load balancer, and for a public service a network load balancer with
 * one address per zone.
 */
export class AwsService extends pulumi.ComponentResource {
  /** Addresses by which clients come in, one a zone; none for what is not public. */
  readonly addresses: readonly EntranceAddress[];
  /** Security group of the units. */
  readonly unitsGroupId: pulumi.Output<string>;
  /** Security group that calls of other services arrive at; undefined for a worker. */
  readonly callsGroupId?: pulumi.Output<string>;

  constructor(name: string, args: AwsServiceArgs, options?: pulumi.ComponentResourceOptions) {
    refuseIfAny(awsServiceMistakes(name, args));
    const stated = { ...published(args.identity), sites: [args.site.name], units: args.units };
    super(componentTypes.awsService, name, stated, options);
    const all = settled(args);

    const groups = createGroups(this, name, all);
    createReaches(this, name, all, groups.units);
    const balanced = all.kind === "worker" ? undefined : createBalancer(this, name, all, groups);
    const alarms = balanced && all.compute.on !== "lambda" ? [createDeploymentAlarm(this, name, all, balanced)] : [];
    createUnits(this, name, all, { groups, balanced, alarms, logGroup: createLogGroup(this, name, all) });
    this.addresses = hasEntrance(all, balanced) ? createEntrance(this, name, all, groups, balanced) : [];
    this.unitsGroupId = groups.units.id;
    const calls = groups.balancer?.id ?? all.balancer?.securityGroupId;
    if (calls !== undefined) this.callsGroupId = pulumi.output(calls);
    this.registerOutputs(stated);
  }
}

function hasEntrance({ kind, balancer }: Settled, balanced: Balanced | undefined): balanced is Balanced {
  return kind === "public" && balancer === undefined && balanced !== undefined;
}

function createUnits(parent: AwsService, name: string, args: Settled, standing: Standing): void {
  const { compute } = args;
  switch (compute.on) {
    case "fargate":
      createTasks(parent, name, args, compute, standing);
      return;
    case "ec2":
      createInstances(parent, name, args, compute, standing);
      return;
    case "lambda":
      createFunction(parent, name, args, compute, standing);
      return;
    default:
      throw new Error(`There is no compute of kind ${String(compute satisfies never)}.`);
  }
}
