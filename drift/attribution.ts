/** Who has changed a resource, and when: what logs of changes say of it. Nothing is said where no log names it. */
import { byText } from "../lib/order";
import { isLive, type ResourceDrift } from "./change";
import { regionIn } from "./regionIn";
import type { State, StateResource } from "./state";

/** One change that somebody has made. */
export interface Attribution {
  /** The log that tells it: AWS CloudTrail, or the `managedFields` of an object of Kubernetes. */
  readonly source: "cloudTrail" | "managedFields";
  /** ARN of who did it, or the service, or the manager of a field; null where the log does not name it. Never a key. */
  readonly who: string | null;
  /** ISO 8601, UTC, to the second. */
  readonly when: string;
  /** The call by the API's name, such as `UpdateService`. */
  readonly what: string;
  /** The log's own id of the change; null where it has none. */
  readonly eventId: string | null;
}

/** A resource that has drifted, from both sides. */
export interface DriftedResource {
  readonly drift: ResourceDrift;
  /** As it was deployed; undefined where no state knows it. */
  readonly before?: StateResource;
  /** As it is; undefined where it is gone. */
  readonly after?: StateResource;
  /** Region of AWS by its own properties, its ARN or its provider; undefined where none of them tells. */
  readonly region?: string;
}

export interface ChangeLog {
  /** Changes that can have made this drift, in any order; any one of several. None where the log does not name it. */
  changesOf(resource: DriftedResource): readonly Attribution[];
}

/** More are no answer to who has changed it: the latest are told. */
const mostTold = 3;

/** The latest changes that the logs tell of each drift, newest first. */
export function attributor(
  desired: State,
  actual: State,
  logs: readonly ChangeLog[],
): (drift: ResourceDrift) => readonly Attribution[] {
  return (whole) => {
    // Nobody has set an alarm off, or made a backup late, by a call about the resource.
    const drift = { ...whole, changes: whole.changes.filter((change) => !isLive(change)) };
    if (drift.kind === "changed" && drift.changes.length + drift.ignored.length === 0) return [];
    const before = desired.get(drift.urn);
    const after = actual.get(drift.urn);
    const region = before === undefined ? regionIn(actual, after) : regionIn(desired, before);
    const drifted: DriftedResource = {
      drift,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
      ...(region === undefined ? {} : { region }),
    };
    const found = logs.flatMap((log) => log.changesOf(drifted));
    return [...found].sort(newestFirst).slice(0, mostTold);
  };
}

function newestFirst(a: Attribution, b: Attribution): number {
  return byText(b.when, a.when) || byText(a.eventId ?? a.what, b.eventId ?? b.what);
}

/** When the engine has last made or changed it, as it notes in the state; undefined where it does not. */
export function deployedAt({ before }: DriftedResource): number | undefined {
  const time = Date.parse(before?.modified ?? "");
  return Number.isNaN(time) ? undefined : time;
}

/** `2026-11-24T10:11:12Z` */
export function utcSeconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, "Z");
}
