/** Two sides of one stack, wherever they come from, and the detection of its drift. */
import { detectDrift, compareLive, type Detection, type StackObjects, type State, type Unread } from "../../drift";
import { isSimulated } from "../../inventory/simulated";
import type { DriftSource } from "../../report/drift/report";
import type { StackReading } from "../engine/pulumi/readStack";
import type { Io } from "../io";
import type { DriftSettings } from "./settings";

/** What is compared. */
export interface Compared {
  readonly desired: State;
  readonly actual: State;
  readonly unread: readonly Unread[];
  readonly source: DriftSource;
  readonly notes: readonly string[];
  /**
   * Ends once the state is known to be as it was before; UserError (DPX707) where it is not. @default it cannot change
   */
  readonly unchanged?: Promise<void>;
  /** What the stack says of objects that a file of --live lists. @default none are listed */
  readonly objects?: StackObjects;
}

/** @param folder of the project, as the user named it */
export function comparedOf({ stack, stateSha256, ...read }: StackReading, folder: string): Compared {
  return { ...read, source: { kind: "stack", desired: folder, actual: null, stack, stateSha256 } };
}

/** A report of the simulated cloud says that it is one. */
export function sourceOf({ source, desired }: Compared): DriftSource {
  const isOurs = isSimulated([...desired.values()].map(({ resource }) => resource));
  return isOurs ? { ...source, simulated: true } : source;
}

/** What was compared, with what no property of a resource holds. */
export function withLive(compared: Compared, { live, options }: DriftSettings, { now }: Io): Compared {
  return live.length === 0 ? compared : { ...compared, ...compareLive(compared, live, options.inventory, now) };
}

/** @param among true for one stack of several */
export function detect(
  compared: Compared,
  { rules, logs, options }: DriftSettings,
  { today }: Io,
  among = false,
): Detection {
  return detectDrift({ ...compared, expected: rules, logs, today, options, among });
}
