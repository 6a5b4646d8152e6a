/** What an account may have of something. */
import type { ReaderFamily } from "../../reader";
import { quotas } from "./quotas";

export const quotaFamily: ReaderFamily = {
  title: "Quotas",
  readers: [quotas],
};
