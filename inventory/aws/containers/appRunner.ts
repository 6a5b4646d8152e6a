/** Services of App Runner. */
import { known } from "../../../model";
import type { Reader } from "../../reader";
import { amountAt, textAt } from "../../values";
import { appRunnerTypes } from "../entrances";
import { named, placeInZones } from "../placing";
import { withoutRegion } from "../regional";

const scalingTypes = ["aws:apprunner/autoScalingConfigurationVersion:AutoScalingConfigurationVersion"] as const;

/** Instances that are always there; more are started with the requests, up to the configured most. */
export const appRunnerServices: Reader = {
  gives: "units in its region, bounds of its scaling",
  types: appRunnerTypes,
  read(resource, into, context) {
    const scaling = named(resource, "autoScalingConfigurationArn", scalingTypes, context);
    const minimum = scaling === undefined ? known(1) : amountAt(scaling, ["minSize"], 1);
    placeInZones(
      resource,
      {
        layer: "compute",
        sharing: "service",
        zones: context.aws.regional(resource),
        units: minimum,
        workload: withoutRegion(
          textAt(resource, "serviceName") ?? resource.name,
          context.aws.regionOf(resource),
          context.aws,
        ),
      },
      into,
      context,
    );
    // App Runner's default: 25 instances at most.
    const maximum = scaling === undefined ? known(25) : amountAt(scaling, ["maxSize"], 25);
    into.state({ kind: "autoscaling", urn: resource.urn, minimum, maximum });
  },
};
