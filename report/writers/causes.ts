/** Findings by what mends them: one entry for each cause, the worst first. */
import { listsBy } from "../../lib/lists";
import type { Finding } from "../document";
import { count, named } from "../figures";
import { nameOfUrn, typedNameOfUrn } from "../names";

/** Subjects named of one cause; the rest is counted. */
const mostSubjects = 3;

/** Other rules named of one cause. */
const mostRules = 3;

export interface CauseGroup {
  /** The worst of them, that speaks for all. */
  readonly lead: Finding;
  /** The lead first, then by gravity. */
  readonly findings: readonly Finding[];
}

export interface Told {
  readonly groups: readonly CauseGroup[];
  /** A line for what is not written down, and one for parts that only others use. */
  readonly lines: readonly string[];
}

/** What has an entry of its own, and what is counted in a line. */
export function toldOf(findings: readonly Finding[]): Told {
  const [standing, fresh] = parted(findings, ({ baseline }) => baseline === "unchanged");
  const [asked, others] = parted(fresh, ({ cause }) => cause?.asksFor !== undefined);
  const [minor, told] = parted(others, ({ cause }) => cause?.isMinor === true);
  return {
    groups: causeGroups(told),
    lines: [askedLine(asked), minorLine(minor), standingLine(standing)].filter((line) => line !== ""),
  };
}

export function parted<T>(all: readonly T[], is: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(is), all.filter((one) => !is(one))];
}

/** `Not written down yet: tier (12), owner (3).` */
function askedLine(findings: readonly Finding[]): string {
  if (findings.length === 0) return "";
  const words = [...listsBy(findings, ({ cause }) => cause?.asksFor ?? "")].map(
    ([word, those]) => `${word} (${those.length})`,
  );
  return `Not written down yet: ${words.join(", ")}. Begin with the tier: it says what is asked of a service.`;
}

function minorLine(findings: readonly Finding[]): string {
  if (findings.length === 0) return "";
  const found = count(findings.length, "finding");
  return `Of keys and secrets that no service is known to need: ${found}, ${named([...rulesOf(findings)], mostRules)}`;
}

/** What a change has left as it was. */
function standingLine(findings: readonly Finding[]): string {
  if (findings.length === 0) return "";
  return `As in the base: ${count(findings.length, "finding")}, ${named([...rulesOf(findings)], mostRules)}.`;
}

function rulesOf(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(findings.map(({ name, rule }) => (name.by === "rule" ? name.rule : rule)));
}

/** Findings without a cause stand alone, as grave as they are listed. */
function causeGroups(findings: readonly Finding[]): readonly CauseGroup[] {
  const groups = [...listsBy(findings, (finding) => finding.cause?.key ?? finding).values()];
  return groups
    .flatMap((group): readonly CauseGroup[] => {
      const [lead, ...others] = [...group].sort(byGravity);
      return lead === undefined ? [] : [{ lead, findings: [lead, ...others] }];
    })
    .sort((one, other) => byGravity(one.lead, other.lead));
}

function byGravity(one: Finding, other: Finding): number {
  return (other.cause?.gravity ?? 0) - (one.cause?.gravity ?? 0);
}

/** `accounts index.ts:41, login index.ts:58 and 3 more`: whom it is about, and where. */
export function whereOf({ findings }: CauseGroup): string {
  const places = new Map<string, string>();
  for (const finding of findings) {
    const subject = subjectOf(finding);
    if (!places.has(subject)) places.set(subject, placeOf(finding));
  }
  const texts = [...places].map(([subject, place]) => [subject, place].filter((text) => text !== "").join(" "));
  return named(texts, mostSubjects);
}

function subjectOf({ name, resources }: Finding): string {
  if (name.by === "resource") return name.resource;
  return name.subject ?? nameOfUrn(resources[0] ?? "");
}

/** The line of the program, else the resource as the program calls it. */
function placeOf({ place, resources: [first], name }: Finding): string {
  if (place.line !== undefined) return `${place.file}:${place.line}`;
  return first === undefined || (name.by === "rule" && name.subject === null) ? "" : `(${typedNameOfUrn(first)})`;
}

/** The other rules that speak of the same cause; empty where there are none. */
export function otherRulesOf({ lead, findings }: CauseGroup): string {
  const rules = new Set(findings.flatMap(({ name }) => (name.by === "rule" ? [name.rule] : [])));
  if (lead.name.by === "rule") rules.delete(lead.name.rule);
  return rules.size === 0 ? "" : named([...rules], mostRules);
}
