/** Changes that take nothing of survival away: what is no drift, and what no reader of the model reads. */
import { container, objectAt, onlyMember, pods, set, turned, type DriftCase } from "./hand";

type Row = readonly [what: string, because: string, change: DriftCase["change"]];

const order = "The cloud keeps it as a set and answers in any order.";
const computed = "Nobody sets it: the cloud does.";

const none: readonly Row[] = [
  ["tags of a group in another order", order, turned("Group::login-seoul", "tags")],
  ["key attributes of a table in another order", order, turned("Table::login-data", "attributes")],
  ["copies of a table in another order", order, turned("Table::login-data", "replicas")],
  ["subnets of a balancer in another order", order, turned("LoadBalancer::login-seoul", "subnets")],
  ["zones of a group in another order", order, turned("Group::login-seoul", "vpcZoneIdentifiers")],
  ["regions of a health check in another order", order, turned("HealthCheck::login-ansan", "regions")],
  ["the cloud's own tag", "The prefix aws: is reserved: no user can write it.", set("Vpc::seoul", { tags: { "aws:x": "y" } })], // prettier-ignore
  ["tags that the provider computes", computed, set("Table::login-data", { tagsAll: { a: "b" } })],
  ["version of a Kubernetes object", computed, set("Deployment::login-ansan", { metadata: { resourceVersion: "77", generation: 9 } })], // prettier-ignore
  ["an empty description where none was set", "Empty is the same as not set.", set("LaunchTemplate::login-seoul", { description: "" })], // prettier-ignore
];

const cosmetic: readonly Row[] = [
  ["a tag of a table", "Whose money it is.", set("Table::login-data", { tags: { "cost-center": "7" } })],
  ["a tag of a balancer", "A note.", set("LoadBalancer::login-seoul", { tags: { note: "by hand" } })],
  ["a tag of a bucket", "A note.", set("Bucket::photos-data-tokyo", { tags: { note: "by hand" } })],
  ["a tag of a network", "A name for people.", set("Vpc::seoul", { tags: { Name: "renamed" } })],
  ["the comment of a zone", "For people.", set("Zone::duplex.example", { comment: "Changed by hand." })],
  ["the description of a security rule", "For people.", set("SecurityGroupIngressRule::login-seoul-front-80", { description: "by hand" })], // prettier-ignore
  ["the description of a priority class", "For people.", set("PriorityClass::ansan-standard", { description: "By hand." })], // prettier-ignore
  ["the description of a launch template", "For people.", set("LaunchTemplate::login-seoul", { description: "By hand." })], // prettier-ignore
  ["a label of a namespace", "No selector asks for it.", set("Namespace::login-ansan", { metadata: { labels: { team: "y" } } })], // prettier-ignore
  ["an annotation of a Deployment", "For people.", set("Deployment::login-ansan", { metadata: { annotations: { note: "y" } } })], // prettier-ignore
  ["a label of a Service", "No selector asks for it.", set("Service::photos-ansan", { metadata: { labels: { team: "y" } } })], // prettier-ignore
  ["how long a session of a role lasts", "Survival does not hang on it.", set("Role::backups", { maxSessionDuration: 7200 })], // prettier-ignore
  ["how long a dying target is drained", "Survival does not hang on it.", set("TargetGroup::login-seoul", { deregistrationDelay: 60 })], // prettier-ignore
  ["how long a balancer waits for an idle client", "Survival does not hang on it.", set("LoadBalancer::login-seoul", { idleTimeout: 90 })], // prettier-ignore
  ["how long a dying pod may take", "Survival does not hang on it.", pods("Deployment::login-ansan", { terminationGracePeriodSeconds: 45 })], // prettier-ignore
  ["the image of a container", "The same registry, another version.", container("Deployment::login-ansan", () => ({ image: "registry.ansan.duplex.example/login:2" }))], // prettier-ignore
  ["when a container is restarted", "Alive is not the same as answering.", container("Deployment::login-chuncheon", (found) => ({ livenessProbe: { ...objectAt(found, "livenessProbe"), periodSeconds: 7 } }))], // prettier-ignore
  [
    "a shorter time to live of one answer",
    "The longest of a name's answers counts, and the alias beside it is kept for 60 s.",
    set("Record::login-ansan", { ttl: 10 }),
  ],
  ["how a bucket is encrypted", "With a key of the store's own.", onlyMember("BucketServerSideEncryptionConfiguration::photos-data-tokyo", "rules", () => ({ bucketKeyEnabled: true }))], // prettier-ignore
  ["a public access block is opened", "A matter of secrecy, not of survival.", set("BucketPublicAccessBlock::photos-data-tokyo", { blockPublicAcls: false })], // prettier-ignore
];

export const withoutEffect: readonly DriftCase[] = [
  ...none.map(([what, because, change]): DriftCase => ({ what, expects: "none", because, change })),
  ...cosmetic.map(([what, because, change]): DriftCase => ({ what, expects: "cosmetic", because, change })),
];
