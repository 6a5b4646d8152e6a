/** Changes that the model sees and that survival bears. login is critical, photos important, ads standard. */
import { all, container, gone, objectOf, onlyMember, pods, set, withoutPointInTime, type DriftCase } from "./hand";

type Row = readonly [what: string, because: string, change: DriftCase["change"]];

const weight = (number: number) => ({ weightedRoutingPolicies: [{ weight: number }] });
const replicas = (number: number) => ({ spec: { replicas: number } });
const scheduled = (schedule: string) => onlyMember("Plan::backups-seoul", "rules", () => ({ schedule }));

const rows: readonly Row[] = [
  ["two pods less of thirty, of a critical service", "Chuncheon carries the peak alone, and no loss of two places leaves Ansan alone.", set("Deployment::login-ansan", replicas(28))],
  ["more pods of a critical service", "Reserve has grown.", set("Deployment::login-ansan", replicas(34))],
  ["more pods of an important service", "Reserve has grown.", set("Deployment::photos-chuncheon", replicas(6))],
  ["more pods of a standard service", "Reserve has grown.", set("Deployment::ads-ansan", replicas(3))],
  ["a standard service shrunk below what it must serve", "Without the other facility a quarter is served instead of half: not down, and advice for its tier.", set("Deployment::ads-ansan", replicas(1))],
  ["fewer machines in the region than the peak takes", "Any one loss leaves the peak; both facilities at once leave a third, and the tier asks to be up then.", set("Group::login-seoul", { desiredCapacity: 10, minSize: 10 })],
  ["no copy of a table in another region, with followers left", "Both facilities follow it and are promoted within the objective; any two places may be lost.", set("Table::login-data", { replicas: [] })],
  ["backups are not copied to another region", "Point-in-time recovery still keeps one in each region of the table.", onlyMember("Plan::backups-seoul", "rules", () => ({ copyActions: [] }))],
  ["backups neither copied nor kept at any second", "What is left of them stands in Seoul, and the data in Tokyo and Osaka as well.", all(onlyMember("Plan::backups-seoul", "rules", () => ({ copyActions: [] })), withoutPointInTime)],
  ["the way out of one zone leads through another", "The other zone's loss takes two of Seoul's three: the facilities carry the peak.", set("Route::seoul-private-apne2-az1-default", (_, cloud) => ({ natGatewayId: objectOf(cloud, "NatGateway::seoul-apne2-az3").id }))],
  ["backups once a month", "Point-in-time recovery goes on.", scheduled("cron(0 0 1 * ? *)")],
  ["one copy less of a table with three", "Two regions and two facilities still hold the data.", set("Table::login-data", (inputs) => ({ replicas: (inputs["replicas"] as readonly never[]).slice(0, 1) }))],
  ["the facility's own copy is gone", "Three regions and the other facility still hold the data.", gone("StatefulSet::login-data-ansan")],
  ["more machines in a region", "Reserve has grown.", set("Group::login-seoul", { desiredCapacity: 36, minSize: 36 })],
  ["a third machine type's room less", "A reservation is room to come back to, not what serves.", set("CapacityReservation::login-reserve-seoul-apne2-az1", { instanceCount: 6 })],
  ["weights shifted towards one site", "Every site still answers.", set("Record::login-chuncheon", weight(120))],
  ["weights shifted of a standard service", "Both sites still answer.", set("Record::ads-ansan", weight(40))],
  ["a longer time to live, within the limit", "60 s is what the tier allows.", set("Record::photos-ansan", { ttl: 60 })],
  ["a slower health check", "Noticed after 90 s instead of 30 s: recovery stays within 5 minutes.", set("HealthCheck::login-ansan", { requestInterval: 30 })],
  ["a health check that asks less", "Still noticed; that it asks for an open port only is advice.", set("HealthCheck::login-ansan", { resourcePath: "/" })],
  ["backups every six hours", "Within what the policy allows between two backups.", scheduled("cron(0 0/6 * * ? *)")],
  ["a budget of a critical service admits more", "A drain still leaves four of five.", set("PodDisruptionBudget::login-ansan", { spec: { maxUnavailable: "20%" } })],
  ["the budget of an important service is gone", "Advice for its tier: a drain is not the loss of a place.", gone("PodDisruptionBudget::photos-ansan")],
  ["the spread of a standard service is gone", "Advice for its tier.", pods("Deployment::ads-ansan", { topologySpreadConstraints: [] })],
  ["the requests of an important service are gone", "Advice for its tier.", container("Deployment::photos-ansan", () => ({ resources: {} }))],
  ["the priority of critical pods is gone", "Advice: the pods run already.", pods("Deployment::login-ansan", { priorityClassName: null })],
  ["the engine may empty an important bucket", "Advice for its tier.", set("Bucket::photos-data-tokyo", { forceDestroy: true })],
  ["the answer of last resort is gone", "It serves a notice page, nothing else.", gone("Record::ads-last-resort")],
]; // prettier-ignore

export const bearable: readonly DriftCase[] = rows.map(([what, because, change]) => ({ what, expects: "bearable", because, change })); // prettier-ignore
