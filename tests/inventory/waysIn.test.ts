/** What reaches a unit over gates: the best way counts, and what stands before all of them is told. */
import { known, unknown, type Replica, type Urn, type WayInFact } from "../../model";
import { reacher } from "../../inventory/assemble/reach";
import { behindWays } from "../../inventory/assemble/waysIn";
import { Draft } from "../../inventory/draft";
import { closedBy, tightest, widest, type Gate } from "../../inventory/gate";
import { Identities } from "../../inventory/identity";
import type { Resource } from "../../inventory/resource";
import { Stack } from "../../inventory/stack";

const shut: Gate = closedBy({ urn: "hop" }, "port", "the port is closed");
const unsure: Gate = { open: unknown("hop.rules"), urn: "hop", property: "rules", why: "a rule is not known" };
const open: Gate = { open: known(true), urn: "hop", property: "port", why: "it is open" };

function resource(urn: Urn): Resource {
  const bare = { properties: {}, propertyDependencies: {}, dependencies: [] };
  return { urn, type: "aws:ec2/instance:Instance", name: urn, custom: true, ...bare };
}

/** A draft in which these units stand, each with one replica. */
function draftOf(...units: readonly Urn[]): Draft {
  const draft = new Draft();
  for (const urn of units) {
    const replica: Replica = { id: urn, urn, role: "active", placement: known(["zone:a"]), units: known(1), startSeconds: 0, startNeeds: [] }; // prettier-ignore
    draft.place({ resource: resource(urn), layer: "compute", sharing: "service", scope: "", workload: urn, replicas: [replica] }); // prettier-ignore
  }
  return draft;
}

function judged(draft: Draft): Readonly<Record<Urn, string>> {
  const stack = new Stack(draft.units.map((unit) => unit.resource));
  const { units } = behindWays(draft.units, draft, reacher(draft), stack, new Identities(stack, {}));
  return Object.fromEntries(
    units.map(({ resource: { urn }, replicas: [replica] }) => {
      const reached = replica?.reached;
      return [urn, reached === undefined ? "yes" : reached.known ? String(reached.value) : reached.missing];
    }),
  );
}

describe("the way to a unit", () => {
  it("is open where one of several is, whatever the others are and however long it is", () => {
    const draft = draftOf("unit");
    draft.forward("front", "unit", shut);
    draft.forward("front", "detour");
    draft.forward("detour", "unit");
    expect(judged(draft)).toEqual({ unit: "yes" });
  });

  it("is not known where the best of several is not, and closed where all are", () => {
    const draft = draftOf("unit", "other");
    draft.forward("front", "unit", shut);
    draft.forward("side", "unit", unsure);
    draft.forward("front", "other", shut);
    draft.forward("front", "other", shut);
    expect(judged(draft)).toEqual({ unit: "hop.rules", other: "false" });
  });

  it("stays as it is told where nothing leads there, and where a gate is open", () => {
    const draft = draftOf("alone", "unit");
    draft.forward("front", "unit", open);
    draft.guard("elsewhere", shut);
    expect(judged(draft)).toEqual({ alone: "yes", unit: "yes" });
  });

  it("is closed behind a closed hop, however open the rest is, in a ring as well", () => {
    const draft = draftOf("unit");
    draft.guard("listener", shut);
    draft.forward("front", "listener");
    draft.forward("listener", "group");
    draft.forward("group", "listener");
    draft.forward("group", "unit");
    expect(judged(draft)).toEqual({ unit: "false" });
  });

  it("is that of a name where one is given, and not of what stands behind the name", () => {
    const draft = draftOf("unit");
    const answer = { urn: "record", leadsTo: ["front"], share: known(1), lastResort: false };
    draft.forward("front", "unit");
    const name = { id: "dns:a", urn: "record", name: "a", kind: "dns", policy: "simple", ttlSeconds: known(60), provider: "vendor:route53", needsControlPlane: true } as const; // prettier-ignore
    draft.routes.push({ ...name, answers: [{ ...answer, gates: new Map([["front", shut]]) }] });
    expect(judged(draft)).toEqual({ unit: "false" });
  });

  it("is cut off where the entrance of its own service ends in nothing, and not where that is another's", () => {
    const draft = draftOf("web", "other");
    const front = { ...resource("front"), properties: { tags: { "duplex:service": "web" } } };
    draft.forward("front", "group");
    draft.endAt("group", shut);
    const stack = new Stack([...draft.units.map((unit) => unit.resource), front]);
    const { units, facts } = behindWays(draft.units, draft, reacher(draft), stack, new Identities(stack, {}));
    expect(units.map(({ replicas: [replica] }) => replica?.reached)).toEqual([known(false), undefined]);
    expect(facts.map(({ fact, about }) => [about, (fact as WayInFact).over])).toEqual([
      ["web", ["front", "group", "web"]],
    ]);
  });

  it("is told once, from where clients come", () => {
    const draft = draftOf("unit");
    draft.forward("front", "listener");
    draft.forward("listener", "unit", shut);
    const stack = new Stack([resource("unit")]);
    const { facts } = behindWays(draft.units, draft, reacher(draft), stack, new Identities(stack, {}));
    expect(facts.map(({ fact }) => (fact as WayInFact).over)).toEqual([["front", "listener", "unit"]]);
  });
});

describe("gates", () => {
  it("are as tight as the tightest one behind another, and as wide as the widest one beside another", () => {
    expect(tightest([undefined, unsure, shut])).toBe(shut);
    expect(tightest([open, unsure])).toBe(unsure);
    expect(tightest([open, undefined])).toBeUndefined();
    expect(widest([shut, unsure])).toBe(unsure);
    expect(widest([shut, open])).toBeUndefined();
    expect(widest([])).toBeUndefined();
  });
});
