/** What watches: alarms of CloudWatch, and canaries. */
import type { Reader } from "../../reader";
import { placeInRegion } from "../regional";

/** By the name of the first a state knows an alarm that `describe-alarms` has listed. */
export const alarmTypes = [
  "aws:cloudwatch/metricAlarm:MetricAlarm",
  "aws:cloudwatch/compositeAlarm:CompositeAlarm",
] as const;

/** An alarm or a canary watches what its tags say; one that says nothing watches nobody's service in particular. */
export const alarms: Reader = {
  gives: "monitoring in its region, where it says whose it is",
  types: [...alarmTypes, "aws:synthetics/canary:Canary"],
  read(resource, into, context) {
    if (context.identities.of(resource).claim === "derived") return;
    placeInRegion(resource, "monitoring", "companion", into, context);
  },
};
