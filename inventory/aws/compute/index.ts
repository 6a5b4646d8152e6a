/** Virtual machines, their groups, reservations and volumes. */
import type { ReaderFamily } from "../../reader";
import { autoscalingAttachments, autoscalingGroups, capacityReservations } from "./autoscaling";
import { instances } from "./instances";
import { snapshots, volumeAttachments, volumes } from "./volumes";

export const computeFamily: ReaderFamily = {
  title: "Machines and their volumes",
  readers: [
    autoscalingAttachments,
    autoscalingGroups,
    capacityReservations,
    instances,
    snapshots,
    volumeAttachments,
    volumes,
  ],
};
