/** Every reader, listed here and nowhere else: a type that is not in this list is not read. */
import { autoscalingAttachments, autoscalingGroups, capacityReservations } from "./aws/autoscaling";
import { backupParts, backupSelections } from "./aws/backup";
import { replicationGroups } from "./aws/cache";
import { identityProviders, userPools } from "./aws/cognito";
import { tableReplicas, tables } from "./aws/dynamodb";
import { ecsServices } from "./aws/ecs";
import { instances } from "./aws/instance";
import { addresses, listeners, loadBalancers, targetGroupAttachments, targetGroups } from "./aws/loadBalancer";
import { natGateways } from "./aws/nat";
import { clusters, databaseInstances, globalClusters } from "./aws/rds";
import { alarms, functions, queues, repositories, topics } from "./aws/regional";
import { records, zonesAndChecks } from "./aws/route53";
import { bucketReplications, buckets } from "./aws/s3";
import { bucketEncryptions, keys, registryReplications, replicaKeys, secrets } from "./aws/secrets";
import { vendors } from "./vendors";
import { disruptionBudgets, ingresses, services } from "./kubernetes/network";
import { scalers } from "./kubernetes/scalers";
import { priorityClasses, volumeClaims, workloads } from "./kubernetes/workloads";
import type { Reader } from "./reader";

export const readers: readonly Reader[] = [
  addresses,
  alarms,
  autoscalingAttachments,
  autoscalingGroups,
  backupParts,
  backupSelections,
  bucketEncryptions,
  bucketReplications,
  buckets,
  capacityReservations,
  clusters,
  databaseInstances,
  disruptionBudgets,
  ecsServices,
  functions,
  globalClusters,
  identityProviders,
  ingresses,
  instances,
  keys,
  listeners,
  loadBalancers,
  natGateways,
  priorityClasses,
  queues,
  records,
  registryReplications,
  replicaKeys,
  replicationGroups,
  repositories,
  scalers,
  secrets,
  services,
  tableReplicas,
  tables,
  targetGroupAttachments,
  targetGroups,
  topics,
  userPools,
  vendors,
  volumeClaims,
  workloads,
  zonesAndChecks,
];
