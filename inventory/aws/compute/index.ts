/** Virtual machines, their groups, reservations and volumes. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as autoscaling from "./autoscaling";
import * as instances from "./instances";
import * as volumes from "./volumes";

export const computeFamily: ReaderFamily = {
  title: "Machines and their volumes",
  readers: readersIn(autoscaling, instances, volumes),
};
