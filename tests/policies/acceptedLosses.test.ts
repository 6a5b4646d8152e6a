/** A loss that is accepted covers exactly that loss, for its services, until its day. */
import type { AcceptedLoss, Estate } from "../../model";
import { judge } from "../../policies/judge";
import { parseSettings } from "../../policies/settings";
import { survivalTable } from "../../report/check/survivalTable";
import { createSurvival } from "../../survival";
import { dns, estate, facility, replicasIn, service, target } from "../support/estateBuilder";

const sites = [facility("here"), facility("there"), facility("yonder")];

function withAccepted(...acceptedLosses: readonly Partial<AcceptedLoss>[]): Estate {
  const replicas = replicasIn("shop", sites);
  const routes = [dns("shop.example", [target(replicas.map(({ id }) => id))])];
  const given = estate(sites, [service("shop", replicas, { tier: "critical", routes })]);
  const whole = acceptedLosses.map((one) => ({
    lost: "vendor:route53" as const,
    by: "platform",
    reason: "A second vendor is planned.",
    until: "2026-12-31",
    ...one,
  }));
  return acceptedLosses.length === 0 ? given : { ...given, acceptedLosses: whole };
}

const vendorOnly = (given: Estate, today = "2026-06-01") => {
  const { findings, exempted } = judge(given, { today });
  const about = ({ policy }: { readonly policy: string }) => policy === "single-vendor";
  return [findings.filter(about).length, exempted.filter(({ finding }) => about(finding)).length];
};

describe("the loss of whoever answers for a name", () => {
  it("closes the name, though all replicas stand", () => {
    const survival = createSurvival(withAccepted());
    expect(survival.outcome("shop", ["vendor:route53"]).status).toBe("down");
    expect(survival.outcome("shop", ["facility:here"]).status).toBe("up");
  });

  it("does not where somebody else answers for the same name", () => {
    const replicas = replicasIn("shop", sites);
    const targets = [target(replicas.map(({ id }) => id))];
    const second = { id: "second", urn: "second", provider: "vendor:other-dns" } as const;
    const routes = [dns("shop.example", targets), dns("SHOP.example.", targets, second)];
    const survival = createSurvival(estate(sites, [service("shop", replicas, { routes })]));
    expect(survival.outcome("shop", ["vendor:route53"]).status).toBe("up");
    expect(survival.outcome("shop", ["vendor:route53", "vendor:other-dns"]).status).toBe("down");
  });

  it("is told with the name that nobody answers for", () => {
    const [found] = judge(withAccepted()).findings.filter(({ policy }) => policy === "single-vendor");
    expect(found?.message).toMatch(/vendor "route53" is lost, and goes down: nobody else answers for "shop\.example"/);
  });
});

describe("an accepted loss", () => {
  it("is exempted, and refused again after its day", () => {
    expect(vendorOnly(withAccepted())).toEqual([1, 0]);
    expect(vendorOnly(withAccepted({}), "2026-12-31")).toEqual([0, 1]);
    expect(vendorOnly(withAccepted({}), "2027-01-01")).toEqual([1, 0]);
  });

  it("covers the services that it names, and no other loss", () => {
    expect(vendorOnly(withAccepted({ services: ["shop"] }))).toEqual([0, 1]);
    expect(vendorOnly(withAccepted({ services: ["pay"] }))).toEqual([1, 0]);
    expect(vendorOnly(withAccepted({ lost: "operator:aws" }))).toEqual([1, 0]);
  });

  it("has a column of its own, where it is no site", () => {
    const given = withAccepted({});
    const { columns, rows } = survivalTable(given, createSurvival(given));
    expect(columns.map(({ title }) => title)).toContain("vendor route53");
    expect(rows[0]?.cells.at(-1)).toMatchObject({ lost: ["vendor:route53"], outcome: { status: "down" } });
  });

  it("is read from the settings, and refused where it names no kind of domain", () => {
    const one = { lost: "operator:aws", by: "platform", reason: "Planned.", until: "2026-12-31" };
    expect(parseSettings({ estate: { acceptedLosses: [one] } }).inventory.acceptedLosses).toEqual([one]);
    expect(() => parseSettings({ estate: { acceptedLosses: [{ ...one, lost: "aws" }] } })).toThrow(/acceptedLosses/);
    expect(() => parseSettings({ estate: { acceptedLosses: [{ ...one, until: "soon" }] } })).toThrow(/until/);
  });
});
