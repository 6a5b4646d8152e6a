/** Application Recovery Controller. */
import type { ReaderFamily } from "../../reader";
import { regionSwitchPlans, routingControls } from "./recoveryControl";

export const recoveryControlFamily: ReaderFamily = {
  title: "Recovery control",
  readers: [regionSwitchPlans, routingControls],
};
