/** The catalogue of messages: every word of the page that is ours, in one language. Names and figures are handed in. */
import type { DomainKind, Tier } from "../../../model";
import type { Status } from "../../../survival";
import type { Standing } from "../../check/sentences";
import type { FindingChange } from "../../check/report";

/** Languages that the page speaks, by their tags (BCP 47). */
export const languages = ["en", "ko"] as const;
export type Language = (typeof languages)[number];

/** How a service fares: in a sentence, so with a verb where the language has one. */
export interface Words {
  readonly language: Language;
  /** Sentences of policies are in English: said where the page is in another language. @default it is in English */
  readonly untranslated?: string;

  readonly title: (source: string) => string;
  readonly standing: Readonly<Record<Standing, string>>;
  readonly summary: (counts: SummaryCounts) => string;
  readonly simulated: string;
  readonly madeOf: (source: string, resources: number, version: string) => string;
  readonly skip: string;
  readonly contents: string;

  readonly kind: Readonly<Record<DomainKind, string>>;
  readonly kinds: Readonly<Record<DomainKind, string>>;
  readonly tier: Readonly<Record<Tier, string>>;
  readonly status: Readonly<Record<Status, string>>;
  /** `a, b and 3 more`. */
  readonly list: (names: readonly string[], most: number) => string;
  readonly time: (seconds: number) => string;

  readonly story: StoryWords;
  readonly heat: HeatWords;
  readonly findings: FindingWords;
  readonly change: ChangeWords;
  readonly map: MapWords;
  readonly capacity: CapacityWords;
  readonly chains: ChainWords;
}

export interface SummaryCounts {
  readonly services: number;
  readonly mandatory: number;
  readonly advisory: number;
  readonly notJudged: number;
}

/** `place` is a kind with a name, as `lost` makes it. */
export interface StoryWords {
  readonly heading: string;
  readonly lost: (kind: DomainKind, name: string) => string;
  /** Of several places of which each does the same. */
  readonly anyOf: (places: readonly string[]) => string;
  readonly down: (place: string, down: readonly string[], all: number) => string;
  readonly unknown: (place: string, services: readonly string[]) => string;
  readonly degraded: (place: string, services: readonly (readonly [name: string, share: string])[]) => string;
  readonly byThemselves: (services: readonly string[]) => string;
  readonly because: (services: readonly string[], of: string) => string;
  readonly harmless: (place: string, services: number) => string;
  readonly noHarm: (places: number, services: number) => string;
  /** Why it holds. `peakShare` is undefined where nobody says peak or capacity. */
  readonly strong: (
    services: readonly string[],
    places: number,
    peakShare: string | undefined,
    slowest: string,
  ) => string;
  readonly atOnce: string;
  readonly strongHeading: string;
  readonly accepted: (place: string, services: readonly string[], by: string, until: string) => string;
  readonly noPlaces: string;
  readonly otherLosses: (others: number) => string;
}

export interface HeatWords {
  readonly heading: string;
  readonly intro: string;
  readonly legend: string;
  readonly caption: (kinds: string) => string;
  readonly corner: string;
  readonly group: (kinds: string, columns: number, down: number) => string;
  readonly untouched: (names: readonly string[]) => string;
  readonly minor: (rows: number) => string;
  readonly after: (time: string) => string;
  readonly never: string;
  readonly data: (time: string) => string;
  readonly byItself: string;
  readonly needs: (service: string) => string;
  readonly missing: (property: string) => string;
  readonly controlPlane: string;
  readonly accepted: (until: string) => string;
}

export interface FindingWords {
  readonly heading: string;
  readonly none: string;
  readonly level: Readonly<Record<"error" | "warning" | "note", string>>;
  readonly where: string;
  readonly fix: string;
  readonly alike: (count: number) => string;
  readonly more: (count: number) => string;
  readonly exemptions: string;
  readonly noExemptions: string;
  readonly exemption: (exemption: ExemptionWords) => string;
  readonly notJudged: string;
  readonly allJudged: string;
  readonly notes: string;
}

export interface ExemptionWords {
  readonly subject: string;
  readonly expires: string;
  readonly expired: boolean;
  readonly covers: number;
  readonly owner: string;
  readonly ticket: string;
}

export interface ChangeWords {
  readonly heading: string;
  readonly since: (base: string, counts: Readonly<Record<FindingChange, number>>) => string;
  readonly mark: Readonly<Record<ChangeWord, string>>;
  /** @param name that a service had before */
  readonly was: (name: string) => string;
  readonly caption: string;
  readonly columns: readonly [service: string, lost: string, before: string, after: string];
  readonly noCells: string;
}

export type ChangeWord = FindingChange | "renamed";

export interface MapWords {
  readonly heading: string;
  readonly intro: string;
  readonly picture: string;
  readonly table: string;
  readonly columns: readonly [region: string, place: string, services: string, shares: string];
  readonly noRegion: string;
  readonly empty: string;
  readonly nothingShared: string;
  readonly alone: string;
  readonly oneOfSeveral: string;
  readonly more: (count: number) => string;
}

export interface CapacityWords {
  readonly heading: string;
  readonly intro: string;
  readonly none: string;
  readonly service: (name: string, peak: string) => string;
  readonly nothingLost: string;
  readonly without: (place: string) => string;
  readonly ofPeak: (share: string) => string;
  readonly peak: string;
  readonly lossColumn: string;
  readonly totalColumn: string;
  readonly untouched: (names: readonly string[]) => string;
  readonly picture: (service: string) => string;
  readonly table: string;
}

export interface ChainWords {
  readonly heading: string;
  readonly intro: string;
  readonly none: string;
  readonly noCritical: string;
  readonly holds: (service: string) => string;
  readonly strength: (strength: string) => string;
  readonly lost: (kind: DomainKind, name: string) => string;
  readonly fallsWith: string;
}
