/** What a service on AWS refuses of its arguments, before anything is made. */
import type { Mistake } from "../../model";
import { argumentMistake, outsideRange } from "../common/refuse";
import { type AwsServiceArgs, type Reach, settled } from "./args";

/**
 * AWS takes 32 characters for the name of a load balancer or a target group. The engine needs 8 of them to make it
 * unique, and the entrance 4 to tell its own.
 */
const longestName = 20;

/**
 * Fewest zones over which an application load balancer stands (Elastic Load Balancing, "Subnets for your load
 * balancer").
 */
const leastZones = 2;

export type CheckedArgs = Pick<
  AwsServiceArgs,
  "units" | "scaling" | "port" | "kind" | "compute" | "certificateArn" | "balancer" | "reaches"
> & { readonly network?: Pick<AwsServiceArgs["network"], "zones"> };

/** All mistakes in the arguments. */
export function awsServiceMistakes(name: string, args: CheckedArgs): Mistake[] {
  const { kind = "public", compute, certificateArn, balancer, network, reaches = [] } = args;
  const { scaling, port } = settled(args as AwsServiceArgs);
  return [
    ...outsideRange("DPX203", name, "units", args.units, 1, 5000),
    ...(scaling.most >= 1 && scaling.most <= 20
      ? []
      : [
          argumentMistake(
            "DPX203",
            name,
            `scaling.most must be from 1 to 20, but is ${scaling.most}.`,
            "Write a multiple of the units.",
          ),
        ]),
    ...(scaling.cpuShare >= 0.1 && scaling.cpuShare <= 0.9
      ? []
      : [
          argumentMistake(
            "DPX226",
            name,
            `scaling.cpuShare must be from 0.1 to 0.9, but is ${scaling.cpuShare}.`,
            "Write a share.",
          ),
        ]),
    ...outsideRange("DPX204", name, "port", port, 1, 65_535),
    ...(name.length <= longestName
      ? []
      : [
          argumentMistake(
            "DPX205",
            name,
            `The name of a service on AWS must have at most ${longestName} characters, but "${name}" has ` +
              `${name.length}.`,
            "Shorten the name of the service or of the site.",
          ),
        ]),
    ...(kind === "worker" || certificateArn !== undefined || balancer !== undefined
      ? []
      : [
          argumentMistake(
            "DPX227",
            name,
            "certificateArn must name a certificate of the site's region, but is missing.",
            "Make one with RegionCertificate, or give an existing one.",
          ),
        ]),
    ...(kind === "worker" && compute?.on === "lambda"
      ? [
          argumentMistake(
            "DPX228",
            name,
            "A worker would be a function that nobody calls.",
            "Run it on fargate or ec2.",
          ),
        ]
      : []),
    ...(network && network.zones.length < leastZones
      ? [
          argumentMistake(
            "DPX202",
            name,
            `The network must span ${leastZones} zones, but spans ${network.zones.length}.`,
            "Name another zone.",
          ),
        ]
      : []),
    ...reaches.flatMap((reach) => reachMistakes(name, reach)),
  ];
}

function reachMistakes(
  name: string,
  { name: reach, port, securityGroupId, prefixListId, cidr }: Reach,
): readonly Mistake[] {
  const given = [securityGroupId, prefixListId, cidr].filter((one) => one !== undefined).length;
  return [
    ...outsideRange("DPX204", name, `reaches.${reach}.port`, port, 1, 65_535),
    ...(given === 1
      ? []
      : [
          argumentMistake(
            "DPX229",
            name,
            `reaches.${reach} must say exactly one of securityGroupId, prefixListId and cidr, but says ${given}.`,
            "Say where it is in one way.",
          ),
        ]),
  ];
}
