/** AWS Backup: plans, vaults, selections and restore tests. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as backup from "./backup";
import * as restoreTests from "./restoreTests";

export const backupFamily: ReaderFamily = {
  title: "Backup",
  readers: readersIn(backup, restoreTests),
};
