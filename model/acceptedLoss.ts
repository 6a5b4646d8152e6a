/** Losses that the owner of an estate has decided not to survive, for a time. */
import type { DomainId } from "./domain";
import type { ServiceId } from "./ids";

export interface AcceptedLoss {
  readonly lost: DomainId;
  /** @default every service */
  readonly services?: readonly ServiceId[];
  /** Who has decided it. */
  readonly by: string;
  /** Why, as a sentence. */
  readonly reason: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly until: string;
}

/**
 * The acceptance of exactly this loss, for this service on this day. The loss of more, or of a part alone, is another
 * event.
 */
export function acceptanceOf(
  accepted: readonly AcceptedLoss[] | undefined,
  service: ServiceId,
  lost: readonly DomainId[],
  today: string,
): AcceptedLoss | undefined {
  if (accepted === undefined || lost.length !== 1) return undefined;
  return accepted.find(
    (one) =>
      one.lost === lost[0] && one.until >= today && (one.services === undefined || one.services.includes(service)),
  );
}
