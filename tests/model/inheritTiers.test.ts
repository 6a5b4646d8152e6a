import { inheritTiers, type Dependency, type Tier } from "../../model";
import { needs, service } from "../support/estateBuilder";

const tiered = (id: string, tier: Tier, dependencies: Dependency[] = []) => service(id, [], { tier, dependencies });

describe("inherited tiers", () => {
  it("raise what a critical service cannot serve or start without, along the chain, and name the dependent", () => {
    const raised = inheritTiers([
      tiered("messenger", "critical", [needs("login")]),
      tiered("login", "standard", [needs("keys", "startup")]),
      tiered("keys", "important"),
    ]);
    expect(raised.map(({ id, tier, tierFrom }) => [id, tier, tierFrom.source, tierFrom.service])).toEqual([
      ["messenger", "critical", "tag", undefined],
      ["login", "critical", "inherited", "messenger"],
      ["keys", "critical", "inherited", "login"],
    ]);
  });

  it("pass by soft dependencies and by groups of which any one is enough", () => {
    const services = [
      tiered("messenger", "critical", [needs("ads", "soft"), needs(["google", "kakao"])]),
      ...["ads", "google", "kakao"].map((id) => tiered(id, "standard")),
    ];
    expect(inheritTiers(services)).toEqual(services);
  });

  it("never lower, end in a cycle, and name the strictest dependent", () => {
    const raised = inheritTiers([
      tiered("a", "important", [needs("shared")]),
      tiered("b", "critical", [needs("shared")]),
      tiered("shared", "standard", [needs("b")]),
    ]);
    expect(raised.map(({ tier }) => tier)).toEqual(["important", "critical", "critical"]);
    expect(raised[2]?.tierFrom).toEqual({ source: "inherited", service: "b", claimed: "standard" });
  });
});
