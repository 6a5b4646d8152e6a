/** Changes without the secrets in them: that one has changed is told, and never what it was or is. */
import { withoutSecrets, type SecretPlace } from "../inventory/secrets/hide";
import { holdsSecret, KnownSecrets } from "../inventory/secrets/text";
import type { PropertyChange } from "./change";
import { propertyOf, segments } from "./paths";
import type { State, StateResource } from "./state";

export interface Secrets {
  /** All values that are known to be secret in one of the states. */
  readonly known: () => KnownSecrets;
  /** The same changes, `UNKNOWN` in the place of every secret. */
  readonly hiddenIn: (
    changes: readonly PropertyChange[],
    before: StateResource,
    after: StateResource,
  ) => readonly PropertyChange[];
}

/** @param states all that one comparison has read: what is secret in one resource is secret wherever it was put */
export function secretsOf(...states: readonly State[]): Secrets {
  // Most comparisons find no change, and then nothing has to be looked for.
  let found: KnownSecrets | undefined;
  const known = (): KnownSecrets => {
    if (found !== undefined) return found;
    found = new KnownSecrets();
    for (const state of states) for (const resource of state.values()) resource.marks(found);
    return found;
  };
  return {
    known,
    hiddenIn: (changes, before, after) => {
      const marks = [before, after].map((side) => side.marks(known()));
      const place = {
        type: before.type,
        isMarked: (path: readonly string[]) => marks.some(({ isMarked }) => isMarked(path)),
        known: known(),
      };
      return changes.map((change) => hiddenChange(change, place));
    },
  };
}

function hiddenChange({ path, from, to, computed }: PropertyChange, about: Omit<SecretPlace, "path">): PropertyChange {
  const place = { ...about, path: segments(path) };
  // An item is named by what identifies it, and that may be a secret too.
  const shown = place.known.isIn(path) || place.path.some(holdsSecret) ? propertyOf(path) : path;
  return { path: shown, from: withoutSecrets(from, place), to: withoutSecrets(to, place), computed };
}
