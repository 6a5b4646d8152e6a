/** Changes by which a service newly hangs on one place, or a mandatory policy is newly broken. */
import {
  all,
  container,
  gone,
  listAt,
  objectAt,
  ofSeoul,
  onlyMember,
  pods,
  set,
  withoutAnswersOfSeoul,
  withoutPointInTime,
  type DriftCase,
  type Hand,
} from "./hand";
import type { Properties } from "../../../simulator/engine/values";

type Row = readonly [what: string, because: string, change: Hand];

const weight = (number: number) => ({ weightedRoutingPolicies: [{ weight: number }] });
const replicas = (number: number) => ({ spec: { replicas: number } });
const rule = (change: (rule: Properties) => Properties) => onlyMember("Plan::backups-seoul", "rules", change);
const destination = (end: string, change: Properties) =>
  onlyMember(end, "rules", (found) => ({ destination: { ...objectAt(found, "destination"), ...change } }));

const rows: readonly Row[] = [
  // Reserve
  ["no pod of a critical service in one facility", "An earthquake around the capital takes Ansan and Seoul: only Chuncheon is left, and with it gone nobody.", set("Deployment::login-chuncheon", replicas(0))],
  ["reserve of a critical service below the peak", "Without Ansan and Seoul, which one earthquake takes, Chuncheon has a third too little.", set("Deployment::login-chuncheon", replicas(20))],
  ["one pod too few where one site must carry all", "29 × 3,000 is less than the peak of 90,000.", set("Deployment::login-chuncheon", replicas(29))],
  ["a critical Deployment is gone", "As with no pods.", gone("Deployment::login-chuncheon")],
  ["one of two pods' facilities of an important service is gone", "It hangs on the other facility.", gone("Deployment::photos-ansan")],
  ["an important service shrunk below its peak", "Without the other facility three of four units are too few.", set("Deployment::photos-ansan", replicas(3))],
  ["a standard service in one facility only", "Its tier has to survive the loss of one.", gone("Deployment::ads-chuncheon")],
  ["no machines in the region", "A third of the answers lead to a group that has to be started first.", set("Group::login-seoul", { desiredCapacity: 0, minSize: 0 })],
  ["the group of machines is gone", "Two facilities lost at once leave nothing.", gone("Group::login-seoul")],
  // Routing
  ["the answer of one site is gone", "Its units stand ready and get no request.", withoutAnswersOfSeoul],
  ["all weight on one site", "Two sites stand ready and get no request.", all(set("Record::login-ansan", weight(0)), ofSeoul("Record", weight(0)))],
  ["a site left drained after a drill", "Its units stand ready and get no request.", set("Record::login-chuncheon", weight(0))],
  ["an answer without its health check", "It is given out when the site is dead.", set("Record::login-ansan", { healthCheckId: null })],
  ["a health check is switched off", "Route 53 takes it for healthy whatever happens.", set("HealthCheck::login-ansan", { disabled: true })],
  ["a health check turned round and left so after a drill", "The site answers when it is dead, and does not when it is well.", set("HealthCheck::login-ansan", { invertHealthcheck: true })],
  ["a health check is gone", "The answer names a check that nobody makes.", gone("HealthCheck::login-ansan")],
  ["a health check from inside the site alone", "Seoul would say of itself that it is well.", ofSeoul("HealthCheck", { regions: ["ap-northeast-2"] })],
  ["a health check too slow for the objective", "Noticed after 300 s and given out for 30 s more: later than 5 minutes.", set("HealthCheck::login-ansan", { requestInterval: 30, failureThreshold: 10 })],
  ["a time to live of an hour", "Clients keep the dead address for an hour.", set("Record::login-ansan", { ttl: 3600 })],
  ["a time to live of an hour, of an important service", "Its tier allows 60 s.", set("Record::photos-ansan", { ttl: 3600 })],
  ["the listener of a balancer is gone", "The answer leads to a balancer that listens to nothing.", gone("Listener::login-seoul-443")],
  ["the balancer is gone", "The answer leads to nothing.", gone("LoadBalancer::login-seoul")],
  ["machines taken out of the balancer's targets", "The answer leads to no machine.", set("Group::login-seoul", { targetGroupArns: [] })],
  ["an answer with somebody else's health check", "What it measures is in no stack: nobody can tell that it sees Ansan die.", set("Record::login-ansan", { healthCheckId: "5f0d7d2e-by-hand" })],
  ["machines behind somebody else's targets", "The answer leads to no machine.", set("Group::login-seoul", { targetGroupArns: ["arn:aws:elasticloadbalancing:by-hand"] })],
  // Data
  ["no copy of a table outside of its region", "Seoul alone holds the data.", all(set("Table::login-data", { replicas: [] }), gone("StatefulSet::login-data-ansan", "StatefulSet::login-data-chuncheon"))],
  ["a tier lowered by hand, and the table made deletable", "A tag excuses nothing: the table is as critical as it was deployed.", set("Table::login-data", { deletionProtectionEnabled: false, tags: { "duplex:tier": "standard" } })],
  ["the table is gone", "Nothing holds what may be written.", gone("Table::login-data")],
  ["a critical table may be deleted", "One call deletes the data.", set("Table::login-data", { deletionProtectionEnabled: false })],
  ["the replication of a bucket is gone", "What is written in Seoul is in Seoul only.", gone("BucketReplicationConfig::photos-data-seoul")],
  ["the replication of a bucket is suspended", "As if it were gone.", onlyMember("BucketReplicationConfig::photos-data-seoul", "rules", () => ({ status: "Disabled" }))],
  ["the replication back is gone", "What is written in Tokyo during a loss never comes home.", gone("BucketReplicationConfig::photos-data-tokyo")],
  ["a bucket is replicated without a promise of time", "How much is lost cannot be proven.", destination("BucketReplicationConfig::photos-data-seoul", { replicationTime: null })],
  ["versioning of a replicated bucket is suspended", "S3 replicates versions only.", set("BucketVersioning::photos-data-seoul", { versioningConfiguration: { status: "Suspended" } })],
  ["a bucket is gone", "The copy hangs on one region.", gone("Bucket::photos-data-tokyo")],
  // Backups
  ["kept once a month, and at no second", "More is lost than the policy allows.", all(rule(() => ({ schedule: "cron(0 0 1 * ? *)" })), withoutPointInTime)],
  ["no store is selected for backups", "The next intruder finds no backup.", gone("Selection::backups-seoul")],
  ["both locks of the vaults are off", "Production's credentials erase the backups.", gone("VaultLockConfiguration::backups-seoul", "VaultLockConfiguration::backups-osaka")],
  ["the backup plan is gone", "No backup is made.", gone("Plan::backups-seoul")],
  // Kubernetes
  ["the spread of critical pods is gone", "All pods may gather in one room.", pods("Deployment::login-ansan", { topologySpreadConstraints: [] })],
  ["the spread of critical pods is soft", "All pods may gather in one room.", set("Deployment::login-ansan", soften)],
  ["the anti-affinity of a store's pods is gone", "Both may stand on one host.", pods("StatefulSet::login-data-ansan", { affinity: null })],
  ["the budget of critical pods is gone", "One drain takes all of them.", gone("PodDisruptionBudget::login-ansan")],
  ["a budget that keeps every pod", "No drain can go on, and the hosts are never mended.", set("PodDisruptionBudget::login-ansan", { spec: { maxUnavailable: 0 } })],
  ["the requests of critical pods are gone", "The scheduler packs them where there is no room.", container("Deployment::login-ansan", () => ({ resources: {} }))],
  ["critical pods wait for a silent node", "Kubernetes waits 300 s unless told.", pods("Deployment::login-ansan", { tolerations: [] })],
]; // prettier-ignore

function soften(inputs: Properties): Properties {
  const spec = objectAt(inputs, "spec", "template", "spec");
  const constraints = listAt(spec, "topologySpreadConstraints").map((each) => ({ ...(each as Properties), whenUnsatisfiable: "ScheduleAnyway" })); // prettier-ignore
  return { spec: { template: { spec: { topologySpreadConstraints: constraints } } } };
}

export const dangerous: readonly DriftCase[] = rows.map(([what, because, change]) => ({ what, expects: "dangerous", because, change })); // prettier-ignore
