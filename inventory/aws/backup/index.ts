/** AWS Backup: plans, vaults, selections and restore tests. */
import type { ReaderFamily } from "../../reader";
import { backupParts, backupSelections } from "./backup";
import { restoreTestPlans, restoreTests } from "./restoreTests";

export const backupFamily: ReaderFamily = {
  title: "Backup",
  readers: [backupParts, backupSelections, restoreTestPlans, restoreTests],
};
