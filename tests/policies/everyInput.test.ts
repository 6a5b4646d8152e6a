/**
 * One stack, one verdict: a state export, a preview in which nothing changes, a preview that makes a mutant of it, and the
 * event log of an update give the same findings, the same table and the same verdict, for prod, the examples and mutants.
 */
import { join } from "node:path";
import { readEstate } from "../../inventory";
import type { Resource } from "../../inventory/resource";
import { fromEventLog } from "../../inventory/sources/eventLog";
import { readResources } from "../../inventory/sources/readResources";
import { fromRegistrations } from "../../inventory/sources/registrations";
import { fromStateExport } from "../../inventory/sources/stateExport";
import { runProgram } from "../../cli/engine/program/runProgram";
import type { RecordedResource } from "../../cli/engine/program/recorder";
import { judge } from "../../policies/judge";
import { parseSettings } from "../../policies/settings";
import { stackSettings } from "../../policies/stackSettings";
import { checkReport, type CheckReport } from "../../report/check/report";
import { dataMutations } from "../support/mutationsOfData";
import { needMutations } from "../support/mutationsOfNeeds";
import { routingMutations } from "../support/mutationsOfRouting";
import { workloadMutations } from "../support/mutationsOfWorkloads";
import { plain, type MutationKind } from "../support/mutations";
import { registrationsOfUp } from "../support/simulatedUp";

jest.setTimeout(600_000);

const today = "2026-01-01";
const kinds = [...workloadMutations, ...routingMutations, ...dataMutations, ...needMutations];
/** Mutants of each stack: each judgement of prod takes a second. */
const mostMutants = 24;
/** Of them, those whose preview back is asked what was before. */
const mostBack = 8;
const root = join(__dirname, "..", "..");
const stacks = [
  ["prod", root, "prod"],
  ["pangyo-2022", join(root, "examples", "pangyo-2022"), "dev"],
  ["naver-2022", join(root, "examples", "naver-2022"), "dev"],
  ["strangers-stack", join(root, "examples", "strangers-stack"), "dev"],
] as const;

/** A resource as the engine writes it into a state. */
type Written = Readonly<Record<string, unknown>> & { readonly urn: string; readonly custom: boolean };

function writtenOf(registrations: readonly RecordedResource[]): readonly Written[] {
  return JSON.parse(JSON.stringify(registrations.map(({ name: _, ...rest }) => rest))) as readonly Written[];
}

/** A mutated stack as a state would hold it: what was changed stands in what it holds of both. */
function writtenAs(resources: readonly Resource[], before: ReadonlyMap<string, Written>): readonly Written[] {
  return resources.map((resource): Written => {
    const was = before.get(resource.urn);
    const { urn, type, custom, id, parent, provider, properties, dependencies, propertyDependencies } = resource;
    const hasProvider = was?.["provider"] ?? (provider === undefined ? undefined : `${provider}::id`);
    const kept = { urn, type, custom, id, parent, provider: hasProvider, dependencies, propertyDependencies };
    return JSON.parse(JSON.stringify({ ...kept, inputs: properties, outputs: properties })) as Written;
  });
}

const stateOf = (resources: readonly Written[]) => ({ version: 3, deployment: { manifest: {}, resources } });

/** The engine plans no outputs for what it leaves as it is, of components least of all. */
function withoutOutputs({ outputs: _, ...rest }: Written): object {
  return rest;
}

function previewOf(before: readonly Written[], after: readonly Written[]): object {
  const old = new Map(before.map((one) => [one.urn, one]));
  const now = new Set(after.map(({ urn }) => urn));
  const steps = after.map((one) => {
    const oldState = old.get(one.urn);
    if (oldState === undefined) return { op: "create", urn: one.urn, newState: one };
    const isSame = JSON.stringify(oldState) === JSON.stringify(one);
    return isSame
      ? { op: "same", urn: one.urn, oldState, newState: withoutOutputs(one) }
      : { op: "update", urn: one.urn, oldState, newState: one };
  });
  const gone = before
    .filter(({ urn }) => !now.has(urn))
    .map((oldState) => ({ op: "delete", urn: oldState.urn, oldState }));
  const all = [...steps, ...gone];
  const changeSummary: Record<string, number> = {};
  for (const { op } of all) changeSummary[op] = (changeSummary[op] ?? 0) + 1;
  return { config: {}, steps: all, changeSummary };
}

/** The plan of a first deployment: what the program asks for, without anything that only the made one has. */
function firstPreviewOf(registrations: readonly RecordedResource[]): object {
  const steps = registrations.map(({ name: _, outputs: __, ...asked }) => ({
    ...{ op: "create", urn: asked.urn, newState: asked },
  }));
  return { config: {}, steps, changeSummary: { create: steps.length } };
}

function eventLogOf(resources: readonly Written[]): string {
  const events = resources.map((one) => ({
    resourcePreEvent: { metadata: { op: "same", urn: one.urn, type: one["type"], old: one, new: one } },
  }));
  const all = [
    { preludeEvent: { config: {} } },
    ...events,
    { summaryEvent: { resourceChanges: { same: events.length } } },
  ];
  return all.map((body, sequence) => JSON.stringify({ sequence, timestamp: 1_700_000_000, ...body })).join("\n");
}

describe.each(stacks)("%s", (name, folder, stack) => {
  let up: readonly Written[];
  let byUrn: ReadonlyMap<string, Written>;
  let settings: unknown;
  let planned: readonly RecordedResource[];
  let mutants: readonly (readonly [string, readonly Written[]])[];

  beforeAll(async () => {
    const run = await runProgram(folder, { stack, timeoutSeconds: 240, env: process.env });
    planned = run.registrations;
    settings = stackSettings({ PULUMI_CONFIG: JSON.stringify(run.config) });
    up = writtenOf(await registrationsOfUp(folder, stack));
    byUrn = new Map(up.map((one) => [one.urn, one]));
    const resources = fromStateExport(stateOf(up)).map(plain);
    const all = kinds.flatMap((kind) => {
      const found = firstMutant(kind, resources);
      return found === undefined ? [] : [[`${kind.name}: ${found.what}`, writtenAs(found.resources, byUrn)] as const];
    });
    const step = Math.max(1, Math.floor(all.length / mostMutants));
    mutants = all.filter((_, index) => index % step === 0);
  });

  /** What is said of a stack, whatever it was read from. */
  function said(resources: readonly Resource[]): Pick<CheckReport, "verdict" | "findings" | "survival" | "frail"> {
    const { inventory, judge: options } = parseSettings(settings);
    const estate = readEstate(resources, inventory);
    const judgement = judge(estate, { ...options, today });
    const source = { kind: "state", path: "x", resources: resources.length } as const;
    const report = checkReport({ ...judgement, estate, source, exemptions: [], today, version: "0" });
    const { verdict, findings, survival, frail } = report;
    return { verdict, findings, survival, frail };
  }

  const ofState = (all: readonly Written[]) => said(fromStateExport(stateOf(all)));
  const read = (before: readonly Written[], after: readonly Written[]) =>
    readResources(JSON.parse(JSON.stringify(previewOf(before, after))));
  const ofPreview = (before: readonly Written[], after: readonly Written[]) => said(read(before, after).resources);

  test("a preview in which nothing changes says what the state says", () => {
    expect(ofPreview(up, up)).toEqual(ofState(up));
  });

  test("a preview of the first deployment says what the program's own registrations say", () => {
    const preview: unknown = JSON.parse(JSON.stringify(firstPreviewOf(planned)));
    const { resources, before, unstated } = readResources(preview);
    expect(unstated).toEqual([]);
    expect(before?.()).toEqual([]);
    expect(said(resources)).toEqual(said(fromRegistrations(planned)));
  });

  test("the first deployment's preview is proven by no less than the state after it", () => {
    const [first, after] = [said(fromRegistrations(planned)), ofState(up)];
    const findings = ({ findings: all }: typeof after) => all.map(({ code, service, level }) => [code, service, level]);
    expect(findings(first)).toEqual(findings(after));
    expect(first.verdict).toBe(after.verdict);
    const table = ({ survival }: typeof after) =>
      survival.rows.map(({ service, cells }) => [
        service,
        cells.map(({ status, share, rtoSeconds }) => [status, share, rtoSeconds]),
      ]);
    expect(table(first)).toEqual(table(after));
  });

  test("an event log says what the state says", () => {
    expect(said(fromEventLog(eventLogOf(up)))).toEqual(ofState(up));
  });

  test("a preview of a change says what the state says after it, and before it", () => {
    expect(mutants.length).toBeGreaterThan(name === "strangers-stack" ? 0 : 5);
    const base = writtenAs(fromStateExport(stateOf(up)).map(plain), byUrn);
    for (const [what, mutant] of mutants) {
      expect({ what, ...ofPreview(base, mutant) }).toEqual({ what, ...ofState(mutant) });
    }
    const back = mutants.map(([what, mutant]) => [what, ofState(mutant), read(mutant, base).before?.() ?? []] as const);
    for (const [what, before, told] of back.slice(0, mostBack))
      expect({ what, ...said(told) }).toEqual({ what, ...before });
  });
});

function firstMutant(kind: MutationKind, stack: readonly Resource[]) {
  try {
    for (const mutant of kind.mutants(stack)) return mutant;
  } catch {
    // A kind that names its sites and tables says so where they are missing.
  }
  return undefined;
}
