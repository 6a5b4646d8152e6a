import { remember, type ClassifiedDrift, type DriftClass, type History } from "../../drift";

const found = (urn: string, name: DriftClass = "bearable"): ClassifiedDrift => ({
  drift: { kind: "changed", urn, type: "t", changes: [], ignored: [] },
  class: name,
  losses: { findings: [], survival: [] },
  together: false,
});

/** Runs on the days 01, 02 and so on; the last one's answer. */
function runs(...days: readonly (readonly ClassifiedDrift[])[]) {
  let history: History | undefined;
  let changed = false;
  days.forEach((drifts, day) => ({ history, changed } = remember(history, drifts, [], `2026-01-0${day + 1}`)));
  return { entries: history?.entries ?? [], changed };
}

test("a first run has changed where it finds anything", () => {
  expect(runs([])).toEqual({ entries: [], changed: false });
  expect(runs([found("b"), found("a")])).toMatchObject({ changed: true, entries: [{ urn: "a" }, { urn: "b" }] });
});

test("drift that stays is told since its first day, and is no change", () => {
  expect(runs([found("a")], [found("a")])).toMatchObject({ changed: false, entries: [{ since: "2026-01-01" }] });
});

test("drift that gets worse has changed, and is as old as before", () => {
  const worse = runs([found("a")], [found("a", "dangerous")]);
  expect(worse).toMatchObject({ changed: true, entries: [{ since: "2026-01-01", class: "dangerous", returns: 0 }] });
});

test("drift that goes has changed once; that it came back is counted, with a new first day", () => {
  expect(runs([found("a")], [])).toMatchObject({ changed: true, entries: [{ open: false }] });
  expect(runs([found("a")], [], [])).toMatchObject({ changed: false });
  const back = runs([found("a")], [], [found("a")], [], [found("a")]);
  expect(back).toMatchObject({ changed: true, entries: [{ open: true, since: "2026-01-05", returns: 2 }] });
});

test("what could not be read stays as it was", () => {
  const { history } = remember(undefined, [found("a")], [], "2026-01-01");
  const silent = remember(history, [], [{ urn: "a", reason: "timeout" }], "2026-01-02");
  expect(silent).toEqual({ history, changed: false });
});
