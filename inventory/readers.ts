/** Every reader, listed here and nowhere else: a type that is not in this list is not read. */
import { apiEntrances, apiIntegrations, apiLinks, apis, functionEntrances } from "./aws/serverless/apiGateway";
import { beanstalkEnvironments } from "./aws/platforms/beanstalk";
import { autoscalingAttachments, autoscalingGroups, capacityReservations } from "./aws/compute/autoscaling";
import { backupParts, backupSelections } from "./aws/backup/backup";
import { accessPoints, bucketLocks, bucketVersions } from "./aws/objects/bucketCopies";
import { globalReplicationGroups, replicationGroups } from "./aws/cache/replicationGroups";
import { cacheNodes, serverlessCaches, tableCaches } from "./aws/cache/nodes";
import { distributions } from "./aws/edge/cloudFront";
import { identityProviders, userPools } from "./aws/identity/cognito";
import { dsqlClusters, dsqlPeerings } from "./aws/databases/dsql";
import { tableReplicas, tables } from "./aws/keyvalue/dynamodb";
import { ecsServices } from "./aws/containers/ecs";
import { managedClusters, nodeGroups, nodePools } from "./aws/containers/eks";
import {
  elasticFileSystems,
  fileBackups,
  fileReplications,
  fsxFileSystems,
  mountTargets,
} from "./aws/files/fileSystems";
import { acceleratorParts, accelerators } from "./aws/edge/globalAccelerator";
import { connections, hybridParts, transitGateways, vpnConnections } from "./aws/hybrid/links";
import { graphApis, graphSources } from "./aws/serverless/graphApis";
import { instances } from "./aws/compute/instances";
import { batchEnvironments, emrClusters } from "./aws/platforms/batch";
import { lightsail } from "./aws/platforms/lightsail";
import { modelEndpoints } from "./aws/analytics/modelEndpoints";
import { networkEndpoints } from "./aws/network/endpoints";
import { pipes } from "./aws/messaging/pipes";
import { transferServers } from "./aws/files/transfer";
import {
  addresses,
  listeners,
  loadBalancers,
  targetGroupAttachments,
  targetGroups,
} from "./aws/balancing/loadBalancers";
import { keyspaces, keyspaceTables } from "./aws/keyvalue/keyspaces";
import { messageBrokers } from "./aws/messaging/brokers";
import { memoryDbClusters, multiRegionClusters } from "./aws/cache/memoryDb";
import { natGateways } from "./aws/network/nat";
import { quotas } from "./aws/quotas/quotas";
import {
  clusterInstances,
  clusters,
  documentClusters,
  documentGlobalClusters,
  globalClusters,
  graphClusters,
  graphGlobalClusters,
} from "./aws/databases/clusters";
import { elasticClusters } from "./aws/databases/elasticClusters";
import { databaseInstances } from "./aws/databases/instances";
import { proxies, proxyTargets } from "./aws/databases/proxies";
import { snapshotCopies, warehouseNamespaces, warehouses, warehouseWorkgroups } from "./aws/analytics/warehouses";
import {
  directoryBuckets,
  influxInstances,
  ledgers,
  regionalStores,
  searchCollections,
} from "./aws/databases/regionalStores";
import { regionSwitchPlans, routingControls } from "./aws/recoverycontrol/recoveryControl";
import { alarms, appRunnerServices, regionalServices } from "./aws/regional";
import { records, zonesAndChecks } from "./aws/dns/records";
import { bucketReplications, buckets } from "./aws/objects/buckets";
import { restoreTestPlans, restoreTests } from "./aws/backup/restoreTests";
import { searchDomains } from "./aws/analytics/search";
import { bucketEncryptions, keys, registryReplications, replicaKeys, secrets } from "./aws/keys/keys";
import { brokerReplicators, brokers, eventEndpoints } from "./aws/streams/brokers";
import { certificates, trustedIssuers } from "./aws/identity/trust";
import { snapshots, volumeAttachments, volumes } from "./aws/compute/volumes";
import { gatewayRoutes, gateways } from "./kubernetes/network/gateway";
import { disruptionBudgets, ingresses, services } from "./kubernetes/network/network";
import { jobs } from "./kubernetes/workloads/jobs";
import { kafkaClusters, kafkaNodePools } from "./kubernetes/operators/kafka";
import { knativeServices } from "./kubernetes/operators/knative";
import { postgresClusters } from "./kubernetes/operators/postgres";
import { scalers } from "./kubernetes/scaling/scalers";
import { storageClasses, volumeClaims } from "./kubernetes/storage/storage";
import { nodes } from "./kubernetes/cluster/nodes";
import { priorityClasses, workloads } from "./kubernetes/workloads/workloads";
import { vendors } from "./vendors";
import type { Reader } from "./reader";

export interface ReaderFamily {
  readonly title: string;
  readonly readers: readonly Reader[];
}

/** The readers by family, as docs/readers.md lists them. */
export const readerFamilies: readonly ReaderFamily[] = [
  {
    title: "Compute of AWS",
    readers: [instances, autoscalingGroups, autoscalingAttachments, capacityReservations, quotas, ecsServices, managedClusters, nodeGroups, appRunnerServices, beanstalkEnvironments, batchEnvironments, emrClusters,
      modelEndpoints, transferServers, ...lightsail],
  },
  {
    title: "Ways in: names, load balancers, edges",
    readers: [
      records, zonesAndChecks, addresses, loadBalancers, listeners, targetGroups, targetGroupAttachments, apis, apiEntrances, apiIntegrations,
      apiLinks, functionEntrances, distributions, accelerators, acceleratorParts, accessPoints, routingControls, regionSwitchPlans,
    ],
  },
  { title: "Networks of AWS", readers: [natGateways, transitGateways, ...networkEndpoints, connections, vpnConnections, hybridParts] },
  {
    title: "Stores of AWS",
    readers: [
      databaseInstances, clusters, clusterInstances, globalClusters, documentClusters, documentGlobalClusters, elasticClusters, graphClusters,
      graphGlobalClusters, proxies, proxyTargets, tables, tableReplicas, dsqlClusters, dsqlPeerings, keyspaces, keyspaceTables, replicationGroups, globalReplicationGroups,
      cacheNodes, serverlessCaches, tableCaches, warehouses, snapshotCopies, warehouseNamespaces, warehouseWorkgroups, ledgers, regionalStores,
      directoryBuckets, searchCollections, influxInstances, 
      memoryDbClusters, multiRegionClusters, searchDomains, buckets, bucketReplications, bucketVersions, bucketLocks, bucketEncryptions,
      elasticFileSystems, mountTargets, fileReplications, fileBackups, fsxFileSystems, volumes, volumeAttachments, snapshots, backupSelections, backupParts, restoreTests,
      restoreTestPlans,
    ],
  },
  {
    title: "Queues, functions and what a start needs",
    readers: [...regionalServices, graphApis, graphSources, pipes, messageBrokers, brokers, brokerReplicators, eventEndpoints, keys, replicaKeys, secrets, registryReplications],
  },
  { title: "Login, trust and watching", readers: [userPools, identityProviders, trustedIssuers, certificates, alarms] },
  {
    title: "Kubernetes",
    readers: [
      workloads, knativeServices, postgresClusters, kafkaClusters, kafkaNodePools, jobs, scalers, services, ingresses, gateways, gatewayRoutes, disruptionBudgets, priorityClasses, volumeClaims, storageClasses, nodes, nodePools,
    ],
  },
  { title: "Third parties", readers: [vendors] },
]; // prettier-ignore

export const readers: readonly Reader[] = readerFamilies.flatMap((family) => family.readers);
