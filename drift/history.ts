/** Drift over many runs: since when, how often it came back, and whether anything is new since the last run. */
import { by } from "../lib/order";
import type { Urn } from "../model";
import type { DriftClass } from "./classify";
import type { Unread } from "./detect";

export interface HistoryEntry {
  readonly urn: Urn;
  readonly class: DriftClass;
  /** Day on which it was first found in its present spell, `YYYY-MM-DD`. */
  readonly since: string;
  /** True where the last run found it. */
  readonly open: boolean;
  /** How often it was found again after it had gone. */
  readonly returns: number;
}

export interface History {
  readonly formatVersion: 1;
  /** Sorted by URN. */
  readonly entries: readonly HistoryEntry[];
}

export interface Remembered {
  readonly history: History;
  /**
   * True where a resource's drift has come, gone, or changed its class since the last run: what is worth an alert. A
   * first run has changed where it found anything.
   */
  readonly changed: boolean;
}

/** Drift that came back so often is flapping: put back by one hand, and taken away by another. */
export const flappingReturns = 2;

/** What a run has found of one resource. */
export interface Found {
  readonly drift: { readonly urn: Urn };
  readonly class: DriftClass;
}

/** Adds a run to what earlier runs have found. What could not be read stays as it was. */
export function remember(
  earlier: History | undefined,
  drifts: readonly Found[],
  unread: readonly Unread[],
  today: string,
): Remembered {
  const silent = new Set(unread.map(({ urn }) => urn));
  const entries = new Map((earlier?.entries ?? []).map((entry) => [entry.urn, entry]));
  const found = new Map(drifts.map((each) => [each.drift.urn, each.class]));
  let changed = false;
  for (const [urn, entry] of entries) {
    if (!entry.open || found.has(urn) || silent.has(urn)) continue;
    entries.set(urn, { ...entry, open: false });
    changed = true;
  }
  for (const [urn, driftClass] of found) {
    const known = entries.get(urn);
    if (known?.open === true && known.class === driftClass) continue;
    changed = true;
    const spell = known?.open === true ? known.since : today;
    const returns = known === undefined ? 0 : known.returns + (known.open ? 0 : 1);
    entries.set(urn, { urn, class: driftClass, since: spell, open: true, returns });
  }
  const sorted = [...entries.values()].sort(by(({ urn }) => urn));
  return { history: { formatVersion: 1, entries: sorted }, changed };
}
