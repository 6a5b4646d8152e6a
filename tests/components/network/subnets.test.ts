import fc from "fast-check";
import { mostZones, narrowestPrefix, planSubnets, widestPrefix } from "../../../components/network/subnets";
import { parseRange, sizeOf } from "../../../estate/addresses";

const network = fc
  .record({
    prefix: fc.integer({ min: widestPrefix, max: narrowestPrefix }),
    block: fc.nat({ max: 2 ** narrowestPrefix - 1 }),
    zones: fc.uniqueArray(fc.integer({ min: 1, max: mostZones }), { minLength: 1 }),
  })
  .map(({ prefix, block, zones }) => {
    const address = Math.floor(block / 2 ** (narrowestPrefix - prefix)) * 2 ** (32 - prefix);
    const parts = [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256);
    return { cidr: `${parts.join(".")}/${prefix}`, zoneIds: zones.map((zone) => `apne2-az${zone}`) };
  });

function range(cidr: string) {
  const parsed = parseRange(cidr);
  return { from: parsed.first, to: parsed.first + sizeOf(parsed) };
}

const subnetsOf = (cidr: string, zoneIds: readonly string[]) =>
  planSubnets(cidr, zoneIds).flatMap((zone) => [zone.publicCidr, zone.privateCidr]);

describe("planSubnets", () => {
  it("keeps every subnet inside of the network, and each at an address of its own size", () => {
    fc.assert(
      fc.property(network, ({ cidr, zoneIds }) => {
        const whole = range(cidr);
        for (const subnet of subnetsOf(cidr, zoneIds)) {
          const { from, to } = range(subnet);
          expect(from).toBeGreaterThanOrEqual(whole.from);
          expect(to).toBeLessThanOrEqual(whole.to);
          expect(from % (to - from)).toBe(0);
        }
      }),
    );
  });

  it("lets no two subnets overlap", () => {
    fc.assert(
      fc.property(network, ({ cidr, zoneIds }) => {
        const ranges = subnetsOf(cidr, zoneIds)
          .map(range)
          .sort((a, b) => a.from - b.from);
        ranges.slice(1).forEach((next, index) => expect(next.from).toBeGreaterThanOrEqual(ranges[index]?.to ?? NaN));
      }),
    );
  });

  it("moves no subnet when a zone is added or the zones are listed in another order", () => {
    fc.assert(
      fc.property(network, ({ cidr, zoneIds }) => {
        const all = new Map(planSubnets(cidr, [...zoneIds].reverse()).map((zone) => [zone.zoneId, zone]));
        for (const zoneId of zoneIds) expect(planSubnets(cidr, [zoneId])).toEqual([all.get(zoneId)]);
      }),
    );
  });

  it("plans the example that the documentation shows", () => {
    expect(planSubnets("10.20.0.0/16", ["apne2-az1", "apne2-az8"])).toEqual([
      { zoneId: "apne2-az1", privateCidr: "10.20.0.0/20", publicCidr: "10.20.128.0/24" },
      { zoneId: "apne2-az8", privateCidr: "10.20.112.0/20", publicCidr: "10.20.135.0/24" },
    ]);
  });
});
