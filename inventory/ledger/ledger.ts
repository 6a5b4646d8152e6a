/**
 * The ledger of properties: what can matter and no reader looks at. Its rows stand beside the types' readers in
 * `ledger.json`, each covering what is inside of it. What is read, and what cannot matter, is not listed yet: a
 * property of neither kind that is missing here is passed over.
 */
import { awsLedger } from "../aws/ledger";
import { kubernetesLedger, kubernetesPodLedger, podTemplateOf } from "../kubernetes/ledger";
import { parseKind } from "../kubernetes/registry";
import type { LedgerRow, Unjudged } from "./row";
import { partsOf, type Tolerance } from "./tolerance";

/** A property that could matter and that no reader looks at. */
export interface Setting {
  /** Such as `placement.tenancy` or `subnetMappings[].outpostId`. */
  readonly path: string;
  readonly parts: readonly string[];
  /** What it could do, as the end of a sentence: `could keep it from starting`. */
  readonly could: string;
  readonly tolerance: Tolerance;
}

const none: readonly Setting[] = [];
const cache = new Map<string, readonly Setting[]>();

/** The settings of a type that are told where they are set, in the order of the ledger. */
export function settingsOf(type: string): readonly Setting[] {
  let found = cache.get(type);
  if (found === undefined) cache.set(type, (found = settings(type)));
  return found;
}

/** The row of a type; undefined where the ledger has none. */
function ledgerRowOf(type: string): LedgerRow | undefined {
  if (!type.startsWith("kubernetes:")) return awsLedger.get(type);
  const kind = parseKind(type);
  return kind && kubernetesLedger[`${kind.group}/${kind.kind}`];
}

function settings(type: string): readonly Setting[] {
  const own = settingsIn(ledgerRowOf(type)?.notJudged ?? {}, "");
  const template = podTemplateOf(type);
  if (template === undefined) return own.length === 0 ? none : own;
  return [...own, ...settingsIn(kubernetesPodLedger.notJudged ?? {}, `${template}.`)];
}

function settingsIn(unjudged: Unjudged, prefix: string): readonly Setting[] {
  return Object.entries(unjudged).flatMap(([could, paths]) =>
    Object.entries(paths).map(([path, tolerance]) => {
      const whole = `${prefix}${path}`;
      return { path: whole, parts: partsOf(whole), could, tolerance };
    }),
  );
}
