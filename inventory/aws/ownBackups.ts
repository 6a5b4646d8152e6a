/** Backups that a store keeps by itself, without a vault: whoever may delete the store may delete them. */
import { known, mapKnown, type Backup, type Known } from "../../model";
import type { Draft } from "../draft";
import type { Resource } from "../resource";

interface Kept {
  /** The resource that asks for them. @default the store itself */
  readonly by?: Resource;
  readonly placement: Backup["placement"];
  /** Seconds of work that may be missing after a restore. */
  readonly intervalSeconds: number;
  readonly days: Known<number>;
}

/** States the backups of a store; kept for no day at all, there are none. */
export function keepBackups(
  store: Resource,
  { by = store, placement, intervalSeconds, days }: Kept,
  into: Draft,
): void {
  if (days.known && days.value === 0) return;
  into.backups.push({
    of: store.urn,
    backup: {
      urn: by.urn,
      placement,
      intervalSeconds: mapKnown(days, () => intervalSeconds),
      retentionSeconds: mapKnown(days, (count) => count * 86_400),
      immutable: known(false),
    },
  });
}
