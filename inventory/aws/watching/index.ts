/** Alarms, canaries and logs. */
import type { ReaderFamily } from "../../reader";
import { alarms } from "./alarms";

export const watchingFamily: ReaderFamily = {
  title: "Watching",
  readers: [alarms],
};
