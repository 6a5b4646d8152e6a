/** What runs and what is copied, as policies speak of it: nothing, too few wherever they stand, waiting for an order. */
import { known, unknown, type Estate, type Replica, type Replication, type Service } from "../../model";
import { judge } from "../../policies/judge";
import { cloud, estate, replica, service } from "../support/estateBuilder";

const today = "2026-01-01";
const seoul = cloud("ap-northeast-2");
const zone = (index: number) => `zone:apne2-az${index}` as const;
const elsewhere = ["region:ap-northeast-1"] as const;

function of(replicas: readonly Replica[], changes: Partial<Service> = {}): Estate {
  return estate([seoul], [service("pay", replicas, { tier: "important", ...changes })]);
}

function messages(from: Estate, policy: string): readonly string[] {
  return judge(from, { today })
    .findings.filter((finding) => finding.policy === policy && finding.service === "pay")
    .map(({ message }) => message);
}

describe("serves-at-peak", () => {
  it("refuses a service of which nothing runs", () => {
    const empty = [1, 2, 3].map((index) => replica(`pay-${index}`, [zone(index)], { units: known(0) }));
    expect(messages(of(empty), "serves-at-peak")).toEqual([expect.stringContaining("serves 0 %")]);
  });

  it("refuses one that only waits for somebody's order, and not one that starts by itself", () => {
    const waiting = (startsByHand: boolean) =>
      of([1, 2].map((index) => replica(`pay-${index}`, [zone(index)], { role: "standby", startsByHand })));
    expect(messages(waiting(true), "serves-at-peak")).toEqual([expect.stringContaining("only start when somebody")]);
    expect(messages(waiting(false), "serves-at-peak")).toEqual([]);
  });
});

describe("least-copies", () => {
  it("counts neither what runs nothing nor what only votes", () => {
    const one = replica("pay-1", [zone(1)]);
    const others = [
      replica("pay-2", [zone(2)], { units: known(0) }),
      replica("pay-3", [zone(3)], { capacityRps: known(0) }),
    ];
    expect(messages(of([one, ...others]), "least-copies")).toEqual([expect.stringContaining("and has 1 (")]);
  });

  it("knows that one unit is one copy, wherever it stands", () => {
    const somewhere = (units: number, changes: Partial<Replica> = {}) =>
      of([replica("pay-1", unknown("pay.subnetId"), { units: known(units), ...changes })]);
    expect(messages(somewhere(1), "least-copies")).toEqual([expect.stringContaining("has at most 1")]);
    expect(messages(somewhere(2), "least-copies")).toEqual([]);
    expect(messages(somewhere(1, { overZones: true }), "least-copies")).toEqual([]);
  });
});

describe("stores", () => {
  const alone: Replication = { mode: "none", rpoSeconds: known(0), multiWriter: false };
  const store = (replication: Replication, tier: Service["tier"]) =>
    of([replica("pay-1", ["region:ap-northeast-2"])], { layer: "store", replication, tier });

  it("that AWS keeps in three zones need a second copy only where a region has to be outlived", () => {
    const regional = { ...alone, inRegion: true };
    expect(messages(store(regional, "standard"), "data-replication")).toEqual([]);
    expect(messages(store(regional, "important"), "data-replication")).toHaveLength(1);
    expect(messages(store(alone, "standard"), "data-replication")).toHaveLength(1);
  });

  it("that can only go on in another region are told to wait for an order", () => {
    const writers = (count: number) => [
      ...Array.from({ length: count }, (_, index) =>
        replica(`pay-${index}`, [zone(index + 1)], index === 0 ? {} : { role: "standby", startSeconds: 60 }),
      ),
      replica("far", elsewhere, { role: "standby", startsByHand: true, startSeconds: 300 }),
    ];
    const replication: Replication = { mode: "asynchronous", rpoSeconds: known(1), multiWriter: false };
    const global = (count: number) => of(writers(count), { layer: "store", replication });
    expect(messages(global(1), "standby-promotion")).toEqual([expect.stringContaining("waits for somebody")]);
    expect(messages(global(2), "standby-promotion")).toEqual([]);
  });
});
