/** What an account may have of something. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as quotas from "./quotas";

export const quotaFamily: ReaderFamily = {
  title: "Quotas",
  readers: readersIn(quotas),
};
