/** Every reader, listed here and nowhere else: a type that is not in this list is not read. */
import { apiEntrances, apiIntegrations, apiLinks, apis, functionEntrances } from "./aws/apiGateway";
import { beanstalkEnvironments } from "./aws/beanstalk";
import { autoscalingAttachments, autoscalingGroups, capacityReservations } from "./aws/autoscaling";
import { backupParts, backupSelections } from "./aws/backup";
import { accessPoints, bucketLocks, bucketVersions } from "./aws/bucketCopies";
import { globalReplicationGroups, replicationGroups } from "./aws/cache";
import { cacheNodes, serverlessCaches, tableCaches } from "./aws/cacheNodes";
import { distributions } from "./aws/cloudFront";
import { identityProviders, userPools } from "./aws/cognito";
import { dsqlClusters, dsqlPeerings } from "./aws/dsql";
import { tableReplicas, tables } from "./aws/dynamodb";
import { ecsServices } from "./aws/ecs";
import { managedClusters, nodeGroups, nodePools } from "./aws/eks";
import { elasticFileSystems, fileBackups, fileReplications, fsxFileSystems, mountTargets } from "./aws/fileSystems";
import { acceleratorParts, accelerators } from "./aws/globalAccelerator";
import { connections, hybridParts, transitGateways, vpnConnections } from "./aws/hybrid";
import { graphApis, graphSources } from "./aws/graphApis";
import { instances } from "./aws/instance";
import { batchEnvironments, emrClusters } from "./aws/jobs";
import { lightsail } from "./aws/lightsail";
import { modelEndpoints } from "./aws/modelEndpoints";
import { networkEndpoints } from "./aws/networkEndpoints";
import { pipes } from "./aws/pipes";
import { transferServers } from "./aws/transfer";
import { addresses, listeners, loadBalancers, targetGroupAttachments, targetGroups } from "./aws/loadBalancer";
import { keyspaces, keyspaceTables } from "./aws/keyspaces";
import { messageBrokers } from "./aws/messageBrokers";
import { memoryDbClusters, multiRegionClusters } from "./aws/memoryDb";
import { natGateways } from "./aws/nat";
import { quotas } from "./aws/quotas";
import {
  clusterInstances,
  clusters,
  documentClusters,
  documentGlobalClusters,
  globalClusters,
  graphClusters,
  graphGlobalClusters,
} from "./aws/rds/clusters";
import { elasticClusters } from "./aws/rds/elastic";
import { databaseInstances } from "./aws/rds/instances";
import { proxies, proxyTargets } from "./aws/rds/proxies";
import { snapshotCopies, warehouseNamespaces, warehouses, warehouseWorkgroups } from "./aws/redshift";
import { directoryBuckets, influxInstances, ledgers, regionalStores, searchCollections } from "./aws/regionalStores";
import { regionSwitchPlans, routingControls } from "./aws/recoveryControl";
import { alarms, appRunnerServices, regionalServices } from "./aws/regional";
import { records, zonesAndChecks } from "./aws/route53";
import { bucketReplications, buckets } from "./aws/s3";
import { restoreTestPlans, restoreTests } from "./aws/restoreTests";
import { searchDomains } from "./aws/search";
import { bucketEncryptions, keys, registryReplications, replicaKeys, secrets } from "./aws/secrets";
import { brokerReplicators, brokers, eventEndpoints } from "./aws/streams";
import { certificates, trustedIssuers } from "./aws/trust";
import { snapshots, volumeAttachments, volumes } from "./aws/volumes";
import { gatewayRoutes, gateways } from "./kubernetes/gateway";
import { disruptionBudgets, ingresses, services } from "./kubernetes/network";
import { jobs } from "./kubernetes/jobs";
import { kafkaClusters, kafkaNodePools } from "./kubernetes/kafka";
import { knativeServices } from "./kubernetes/knative";
import { postgresClusters } from "./kubernetes/postgres";
import { scalers } from "./kubernetes/scalers";
import { storageClasses, volumeClaims } from "./kubernetes/storage";
import { nodes } from "./kubernetes/nodes";
import { priorityClasses, workloads } from "./kubernetes/workloads";
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
