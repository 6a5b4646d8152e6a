/** Mutations of stores and their backups. */
import { UNKNOWN, type Properties, type Resource, type Value } from "../../inventory/resource";
import { items } from "../../inventory/values";
import { eachOf, ofType, serviceOf, withProperty, wordOf, type MutationKind } from "./mutations";

const tables = (stack: readonly Resource[]) => ofType(stack, "aws:dynamodb/table:Table");
/** Tables of two regions without a follower: the second region is all that a loss leaves. */
const pairs = (stack: readonly Resource[]) => tables(stack).filter((one) => wordOf(one, "tier") !== "critical");
const critical = (stack: readonly Resource[]) => tables(stack).filter((one) => wordOf(one, "tier") === "critical");
const plans = (stack: readonly Resource[]) => ofType(stack, "aws:backup/plan:Plan");
/** Lock of the vault that the plan fills; the copy's vault is a second one, and one lock is enough. */
const locks = (stack: readonly Resource[]) =>
  ofType(stack, "aws:backup/vaultLockConfiguration:VaultLockConfiguration").filter(({ name }) =>
    name.endsWith("seoul"),
  );
const followers = (stack: readonly Resource[]) => ofType(stack, "kubernetes:apps/v1:StatefulSet");
const replications = (stack: readonly Resource[]) =>
  ofType(stack, "aws:s3/bucketReplicationConfig:BucketReplicationConfig");
const music = () => ["music-data", "music"];
/** The rules of a plan, of which none copies what it has backed up. */
const withoutCopies = (rules: Value): Value =>
  items(rules).map((rule): Value => ({ ...(rule as Properties), copyActions: [] }));
/** A plan stands behind every store that it selects. */
const planned = () => [
  "messenger-data",
  "login-data",
  "pay-data",
  "mobility-data",
  "gift-data",
  "shopping-data",
  "music-data",
];

export const dataMutations: readonly MutationKind[] = [
  {
    name: "remove a table's only replica region",
    expects: ["data-replication", "single-region"],
    mutants: eachOf(pairs, (one) => withProperty(one, ["replicas"], [])),
  },
  {
    name: "a quorum of two regions",
    expects: ["quorum-in-one-site", "single-region"],
    mutants: eachOf(
      (stack) => tables(stack).filter((one) => wordOf(one, "tier") === "important"),
      (one) => withProperty(one, ["replicas", 0, "consistencyMode"], "STRONG"),
    ),
  },
  {
    name: "replica region unknown",
    expects: ["placement-proof"],
    mutants: eachOf(tables, (one) =>
      withProperty(one, ["replicas"], (found) => [
        ...(Array.isArray(found) ? (found as readonly Value[]) : []),
        { regionName: UNKNOWN },
      ]),
    ),
  },
  {
    name: "remove every replica region of a critical table",
    expects: ["standby-promotion"],
    mutants: eachOf(critical, (one) => withProperty(one, ["replicas"], [])),
  },
  {
    name: "a follower that follows nothing",
    expects: ["data-replication", "single-facility", "least-copies"],
    mutants: eachOf(
      followers,
      (one) => withProperty(one, ["metadata", "annotations", "duplex.dev/replication"], undefined),
      (one) => [serviceOf(one), `${serviceOf(one)}/store`],
    ),
  },
  {
    name: "remove a bucket's replication",
    expects: ["one-way-replication"],
    mutants: eachOf(replications, () => undefined, music),
  },
  {
    name: "suspend a bucket's replication",
    expects: ["one-way-replication"],
    mutants: eachOf(replications, (one) => withProperty(one, ["rules", 0, "status"], "Disabled"), music),
  },
  {
    name: "replicate without a promise of time",
    expects: ["rpo-objective"],
    mutants: eachOf(
      replications,
      (one) => withProperty(one, ["rules", 0, "destination", "replicationTime", "time", "minutes"], 120),
      music,
    ),
  },
  {
    name: "remove the backup plan",
    expects: ["backup-absent", "backup-mutable"],
    mutants: eachOf(plans, () => undefined, planned),
  },
  {
    name: "select no store for backup",
    expects: ["backup-absent", "backup-mutable"],
    mutants: eachOf(
      (stack) => ofType(stack, "aws:backup/selection:Selection"),
      (one) => withProperty(one, ["selectionTags", 0, "value"], "nothing"),
      planned,
    ),
  },
  {
    name: "keep no copy of a backup elsewhere",
    expects: ["single-account"],
    mutants: eachOf(plans, (one) => withProperty(one, ["rules"], withoutCopies), planned),
  },
  {
    name: "never restore a backup",
    expects: ["restore-untested"],
    mutants: eachOf(
      (stack) => ofType(stack, "aws:backup/restoreTestingPlan:RestoreTestingPlan"),
      () => undefined,
      planned,
    ),
  },
  { name: "remove a vault's lock", expects: ["backup-mutable"], mutants: eachOf(locks, () => undefined, planned) },
  {
    name: "a lock that an administrator can take off",
    expects: ["backup-mutable"],
    mutants: eachOf(locks, (one) => withProperty(one, ["changeableForDays"], undefined), planned),
  },
];
