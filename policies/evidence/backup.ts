/** Backups of stores: what holds of the best one. */
import type { Backup, Known, Service } from "../../model";
import type { PolicyContext } from "../policy";
import { stores } from "./read";

/** Stores that have a backup at all; `backup-absent` speaks of the others. */
export function backedUp(context: PolicyContext): readonly Service[] {
  return stores(context).filter((service) => service.backups.length > 0);
}

/** What can be said of the best backup: good if any is; unknown if one may be; else bad. */
export function bestOf(
  backups: readonly Backup[],
  read: (backup: Backup) => Known<unknown>,
  good: (backup: Backup) => boolean,
): { readonly verdict: "holds" | "broken" } | { readonly verdict: "unknown"; readonly missing: string } {
  if (backups.some((backup) => read(backup).known && good(backup))) return { verdict: "holds" };
  for (const backup of backups) {
    const value = read(backup);
    if (!value.known) return { verdict: "unknown", missing: value.missing };
  }
  return { verdict: "broken" };
}
