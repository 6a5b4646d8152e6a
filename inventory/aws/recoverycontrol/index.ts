/** Application Recovery Controller. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as recoveryControl from "./recoveryControl";

export const recoveryControlFamily: ReaderFamily = {
  title: "Recovery control",
  readers: readersIn(recoveryControl),
};
