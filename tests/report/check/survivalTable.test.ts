import { known } from "../../../model";
import { createSurvival } from "../../../survival";
import { survivalTable } from "../../../report/check/survivalTable";
import { messengerEstate } from "../../support/checkReports";
import { cloud, estate, facility, replica, replicasIn, service } from "../../support/estateBuilder";

function tableOf(subject: ReturnType<typeof estate>) {
  return survivalTable(subject, createSurvival(subject));
}

test("has a column for each building, and for a cloud's region one zone and all of it", () => {
  expect(tableOf(messengerEstate()).columns).toEqual([
    { title: "anyang", losses: [["facility:anyang"]] },
    { title: "pangyo", losses: [["facility:pangyo"]] },
    { title: "seoul, one zone", losses: [["zone:seoul-az1"], ["zone:seoul-az2"], ["zone:seoul-az3"]] },
    { title: "seoul, all", losses: [["region:seoul"]] },
  ]);
});

test("sorts services by tier, then name", () => {
  expect(tableOf(messengerEstate()).rows.map((row) => row.service.id)).toEqual(["messenger", "login", "ads"]);
});

test("shows who is down, and through whom", () => {
  const [messenger] = tableOf(messengerEstate()).rows;
  const [anyang, pangyo] = messenger?.cells ?? [];
  expect(anyang).toMatchObject({ outcome: { status: "up" }, lost: ["facility:anyang"] });
  expect(pangyo).toMatchObject({ outcome: { status: "down", share: 0, rtoSeconds: Infinity, weakest: "login" } });
});

test("shows the worst zone of a region, not the first", () => {
  const seoul = cloud("seoul");
  const lopsided = estate([seoul], [service("pay", [replica("pay@2", ["zone:seoul-az2"])])]);
  const [cell] = tableOf(lopsided).rows[0]?.cells ?? [];
  expect(cell).toMatchObject({ outcome: { status: "down" }, lost: ["zone:seoul-az2"] });
});

test("counts a region in which something stands directly as a site, even without zones", () => {
  const regional = estate([], [service("table", [replica("t", ["region:tokyo"])], { layer: "store" })], {
    extraDomains: [{ id: "region:tokyo", kind: "region", name: "tokyo", within: [], suppliedBy: [] }],
  });
  expect(tableOf(regional).columns.map((column) => column.title)).toEqual(["tokyo, all"]);
});

test("gives a building's geographic region no column: the building has one", () => {
  const titles = tableOf(estate([facility("ansan")], [])).columns.map((column) => column.title);
  expect(titles).toEqual(["ansan"]);
});

test("shows the regions that are told of where all that serves stands at an edge", () => {
  const edge = { id: "vendor:edge", kind: "vendor", name: "edge", within: [], suppliedBy: [] } as const;
  const home = { id: "region:home", kind: "region", name: "home", within: [], suppliedBy: [] } as const;
  const functions = service("rewrite", [replica("rewrite", ["vendor:edge"])]);
  const table = tableOf(estate([], [functions], { extraDomains: [edge, home] }));
  expect(table.columns.map((column) => column.title)).toEqual(["home, all"]);
  expect(table.rows[0]?.cells).toMatchObject([{ outcome: { status: "up" } }]);
  // Beside something that has a place, the home of an edge says nothing.
  const placed = estate([facility("ansan")], [functions], { extraDomains: [edge, home] });
  expect(tableOf(placed).columns.map((column) => column.title)).toEqual(["ansan"]);
});

test("leaves vendors out", () => {
  const subject = estate([facility("ansan")], [service("idp", [], { layer: "vendor" })]);
  expect(tableOf(subject).rows).toEqual([]);
});

test("shows half of the peak as degraded", () => {
  const sites = [facility("ansan"), facility("anyang")];
  const half = { capacityRps: known(50) };
  const subject = estate(sites, [service("pay", replicasIn("pay", sites, half), { peakRps: known(100) })]);
  expect(tableOf(subject).rows[0]?.cells[0]).toMatchObject({ outcome: { status: "degraded", share: 0.5 } });
});
