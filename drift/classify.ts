/**
 * What drift does to survival. Each resource's drift is laid on the deployed state by itself and judged by the same
 * model and policies as everything else; drift that is dangerous only together is told of all that take part.
 */
import { readEstate } from "../inventory/readEstate";
import type { InventoryOptions } from "../inventory/options";
import { tiers, type Estate, type ServiceId, type Tier } from "../model";
import type { JudgeOptions } from "../policies/judge";
import { separateEffects, type Effect } from "./separateEffects";
import { isLive, type ResourceDrift } from "./change";
import { withDrift, readTracked } from "./applyDrift";
import { sameData } from "./sameData";
import type { State } from "./state";
import { hasLosses, judged, lossesBetween, type Judged, type Losses } from "./survivalLost";

/**
 * `cosmetic`: no reader of the model reads what has changed. `bearable`: the model has changed, and nothing of survival
 * is lost, or it is known by `--live` alone. `dangerous`: a mandatory finding is new, or a service newly goes down with
 * one failure domain.
 */
export const driftClasses = ["cosmetic", "bearable", "dangerous"] as const;
export type DriftClass = (typeof driftClasses)[number];

export interface ClassifiedDrift {
  readonly drift: ResourceDrift;
  readonly class: DriftClass;
  /** What is lost by it; empty unless it is dangerous. */
  readonly losses: Losses;
  /** True where it is dangerous only together with other drift. */
  readonly together: boolean;
}

export interface ClassifyOptions {
  readonly inventory: InventoryOptions;
  readonly judge: JudgeOptions;
}

export interface Classification {
  /** In the order in which the drifts were given. */
  readonly drifts: readonly ClassifiedDrift[];
  /** What the actual state as a whole has lost. */
  readonly losses: Losses;
}

/**
 * More than so many are not judged one by one: their part in what is lost is then told by the resources of a finding.
 */
const mostJudgedAlone = 40;

const noLosses: Losses = { findings: [], survival: [] };

export function classifyDrift(
  desired: State,
  actual: State,
  drifts: readonly ResourceDrift[],
  options: ClassifyOptions,
): Classification {
  // Most runs end here, and without drift nothing has to be judged.
  if (drifts.length === 0) return { drifts: [], losses: noLosses };
  const { found, deployed } = driftThatIsRead(desired, actual, drifts, options);
  let whole: Estate | undefined;
  const estateWith = (chosen: readonly ResourceDrift[]): Estate => {
    const read = () => readEstate(withDrift(desired, actual, chosen), options.inventory);
    return chosen === drifts ? (whole ??= read()) : read();
  };
  const matters = (chosen: readonly ResourceDrift[]): boolean => !sameData(estateWith(chosen), deployed);
  const effects = found.length === 0 ? undefined : separateEffects(deployed, estateWith(drifts), found);
  const touching = new Set(effects ? found : touchingModel(found, matters));
  if (touching.size === 0) return { drifts: drifts.map((drift) => bare(drift, leastOf(drift))), losses: noLosses };
  const lossesOf = lossesAgainst(deployed, estateWith, options, (chosen, tiers) =>
    readEstate(withDrift(desired, actual, chosen), { ...options.inventory, tiers }),
  );
  const losses = effects ? lossesWith(effects.all, options.judge) : lossesOf(drifts);
  const alone = new Map<ResourceDrift, Losses>();
  // Where nothing is lost as a whole, other drift makes up for what one has lost by itself.
  if (hasLosses(losses) && touching.size <= mostJudgedAlone) {
    for (const drift of touching) {
      const effectOf = effects?.of.get(drift);
      const own = () => (effectOf ? lossesWith(effectOf(), options.judge) : lossesOf([drift]));
      alone.set(drift, touching.size === 1 ? losses : common(losses, own()));
    }
  }
  const classified = drifts.map((drift): ClassifiedDrift => {
    if (!touching.has(drift)) return bare(drift, leastOf(drift));
    const own = alone.get(drift) ?? noLosses;
    return hasLosses(own) ? { drift, class: "dangerous", losses: own, together: false } : bare(drift, "bearable");
  });
  const shared = unexplained(losses, [...alone.values()]);
  if (!hasLosses(shared)) return { drifts: classified, losses };
  const estate = estateWith(drifts);
  return { drifts: classified.map((each) => takePart(each, shared, estate)), losses };
}

function lossesWith({ before, after }: Effect, judge: JudgeOptions): Losses {
  return lossesBetween(judged(before, judge), judged(after, judge), judge);
}

/** What of all losses one drift makes by itself. */
function common(all: Losses, own: Losses): Losses {
  const isOwn = among([own]);
  return { findings: all.findings.filter(isOwn), survival: all.survival.filter(isOwn) };
}

/**
 * The deployed estate, and the drift that a reading of it, or of it with that drift laid on, looks at. All other drift
 * is cosmetic, alone and together.
 */
function driftThatIsRead(
  desired: State,
  actual: State,
  drifts: readonly ResourceDrift[],
  { inventory }: ClassifyOptions,
): { readonly found: readonly ResourceDrift[]; readonly deployed: Estate } {
  const found = new Set<ResourceDrift>();
  let deployed: Estate | undefined;
  for (;;) {
    const parts = { chosen: [...found], others: drifts.filter((drift) => !found.has(drift)) };
    const { estate, touched } = readTracked(desired, actual, parts, (resources) => readEstate(resources, inventory));
    deployed ??= estate;
    touched.forEach((drift) => found.add(drift));
    if (touched.length === 0 || found.size === drifts.length) break;
  }
  return { found: drifts.filter((drift) => found.has(drift)), deployed };
}

/** A late backup and an alarm that has gone off are no matter of taste, whether the model reads them or not. */
function leastOf({ changes }: ResourceDrift): DriftClass {
  return changes.some((change) => isLive(change) && !change.computed) ? "bearable" : "cosmetic";
}

function bare(drift: ResourceDrift, driftClass: DriftClass): ClassifiedDrift {
  return { drift, class: driftClass, losses: noLosses, together: false };
}

/**
 * Finds the drift that changes the model by halving: a half that leaves the model as it was is cosmetic as a whole.
 * Where neither half is read without the other (of two answers the longer time to live counts), each is looked at
 * beside the other.
 *
 * @param beside drift that is laid on the state all the while, and leaves the model as it was by itself
 */
function touchingModel(
  drifts: readonly ResourceDrift[],
  matters: (chosen: readonly ResourceDrift[]) => boolean,
  beside: readonly ResourceDrift[] = [],
): readonly ResourceDrift[] {
  if (drifts.length === 0 || !matters([...drifts, ...beside])) return [];
  if (drifts.length === 1) return drifts;
  const middle = Math.ceil(drifts.length / 2);
  const [one, other] = [drifts.slice(0, middle), drifts.slice(middle)];
  const found = [...touchingModel(one, matters, beside), ...touchingModel(other, matters, beside)];
  if (found.length > 0) return found;
  return [...touchingModel(one, matters, [...beside, ...other]), ...touchingModel(other, matters, [...beside, ...one])];
}

/** What no drift has lost by itself. */
function unexplained(all: Losses, alone: readonly Losses[]): Losses {
  const isExplained = among(alone);
  const isLeft = (one: object) => !isExplained(one);
  return { findings: all.findings.filter(isLeft), survival: all.survival.filter(isLeft) };
}

/** Whether a finding, or a lost survival, is one of these. */
function among(losses: readonly Losses[]): (one: object) => boolean {
  const told = new Set(losses.flatMap(({ findings, survival }) => [...findings, ...survival].map(textOf)));
  return (one) => told.has(textOf(one));
}

function textOf(value: object): string {
  if ("policy" in value && "service" in value && "lost" in value) {
    return JSON.stringify([value.policy, value.service, value.lost]);
  }
  return JSON.stringify(value);
}

/** Drift takes part in a shared loss where the model reads it; which of several did it nobody can say. */
function takePart(each: ClassifiedDrift, shared: Losses, estate: Estate): ClassifiedDrift {
  if (each.class !== "bearable") return each;
  const services = new Set(estate.services.filter(({ urns }) => urns.includes(each.drift.urn)).map(({ id }) => id));
  const own: Losses = {
    findings: shared.findings.filter(
      ({ urns, service }) => urns.includes(each.drift.urn) || (service !== undefined && services.has(service)),
    ),
    survival: shared.survival.filter(({ service }) => services.has(service)),
  };
  // Where no resource can be named for it, all that the model reads answers for it together: never for none.
  return { ...each, class: "dangerous", losses: hasLosses(own) ? own : shared, together: true };
}

/**
 * What drifts have lost. Drift cannot buy a laxer tier: where a tag that somebody has changed lowers one, the estate is
 * judged with the deployed tiers as well, and what either judgement finds is lost.
 */
function lossesAgainst(
  deployed: Estate,
  estateWith: (chosen: readonly ResourceDrift[]) => Estate,
  { judge, inventory }: ClassifyOptions,
  withTiers: (chosen: readonly ResourceDrift[], tiers: Readonly<Record<ServiceId, Tier>>) => Estate,
): (chosen: readonly ResourceDrift[]) => Losses {
  const tierOf = new Map(deployed.services.map(({ id, tier }) => [id, tier]));
  let base: Judged | undefined;
  let strictBase: Judged | undefined;
  return (chosen) => {
    base ??= judged(deployed, judge);
    const estate = estateWith(chosen);
    const found = lossesBetween(base, judged(estate, judge), judge);
    if (!estate.services.some(({ id, tier }) => isLaxer(tier, tierOf.get(id)))) return found;
    const known = { ...Object.fromEntries(tierOf), ...inventory.tiers };
    strictBase ??= judged(withTiers([], known), judge);
    const strict = lossesBetween(strictBase, judged(withTiers(chosen, known), judge), judge);
    const more = unexplained(strict, [found]);
    return { findings: [...found.findings, ...more.findings], survival: [...found.survival, ...more.survival] };
  };
}

function isLaxer(tier: Tier, deployed: Tier | undefined): boolean {
  return deployed !== undefined && tiers.indexOf(tier) > tiers.indexOf(deployed);
}
