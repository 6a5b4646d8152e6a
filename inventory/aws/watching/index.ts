/** Alarms, canaries and logs. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as alarms from "./alarms";

export const watchingFamily: ReaderFamily = {
  title: "Watching",
  readers: readersIn(alarms),
};
