/** Load balancers with their listeners and target groups. */
import type { ReaderFamily } from "../../reader";
import { listeners, loadBalancers, targetGroupAttachments, targetGroups } from "./loadBalancers";

export const balancingFamily: ReaderFamily = {
  title: "Load balancing",
  readers: [listeners, loadBalancers, targetGroupAttachments, targetGroups],
};
