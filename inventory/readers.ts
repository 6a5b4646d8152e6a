/** Every reader, listed here and nowhere else: a type that is not in this list is not read. */
import { apiEntrances, apiIntegrations, apiLinks, apis, functionEntrances } from "./aws/apiGateway";
import { autoscalingAttachments, autoscalingGroups, capacityReservations } from "./aws/autoscaling";
import { backupParts, backupSelections } from "./aws/backup";
import { accessPoints, bucketLocks, bucketVersions } from "./aws/bucketCopies";
import { replicationGroups } from "./aws/cache";
import { distributions } from "./aws/cloudFront";
import { identityProviders, userPools } from "./aws/cognito";
import { dsqlClusters, dsqlPeerings } from "./aws/dsql";
import { tableReplicas, tables } from "./aws/dynamodb";
import { ecsServices } from "./aws/ecs";
import { managedClusters, nodeGroups } from "./aws/eks";
import { elasticFileSystems, fileBackups, fileReplications, fsxFileSystems } from "./aws/fileSystems";
import { acceleratorParts, accelerators } from "./aws/globalAccelerator";
import { connections, hybridParts, transitGateways, vpnConnections } from "./aws/hybrid";
import { instances } from "./aws/instance";
import { addresses, listeners, loadBalancers, targetGroupAttachments, targetGroups } from "./aws/loadBalancer";
import { memoryDbClusters, multiRegionClusters } from "./aws/memoryDb";
import { natGateways } from "./aws/nat";
import { quotas } from "./aws/quotas";
import { clusters, globalClusters } from "./aws/rds/clusters";
import { databaseInstances } from "./aws/rds/instances";
import { proxies, proxyTargets } from "./aws/rds/proxies";
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
    readers: [instances, autoscalingGroups, autoscalingAttachments, capacityReservations, quotas, ecsServices, managedClusters, nodeGroups, appRunnerServices],
  },
  {
    title: "Ways in: names, load balancers, edges",
    readers: [
      records, zonesAndChecks, addresses, loadBalancers, listeners, targetGroups, targetGroupAttachments, apis, apiEntrances, apiIntegrations,
      apiLinks, functionEntrances, distributions, accelerators, acceleratorParts, accessPoints, routingControls, regionSwitchPlans,
    ],
  },
  { title: "Networks of AWS", readers: [natGateways, transitGateways, connections, vpnConnections, hybridParts] },
  {
    title: "Stores of AWS",
    readers: [
      databaseInstances, clusters, globalClusters, proxies, proxyTargets, tables, tableReplicas, dsqlClusters, dsqlPeerings, replicationGroups,
      memoryDbClusters, multiRegionClusters, searchDomains, buckets, bucketReplications, bucketVersions, bucketLocks, bucketEncryptions,
      elasticFileSystems, fileReplications, fileBackups, fsxFileSystems, volumes, volumeAttachments, snapshots, backupSelections, backupParts, restoreTests,
      restoreTestPlans,
    ],
  },
  {
    title: "Queues, functions and what a start needs",
    readers: [...regionalServices, brokers, brokerReplicators, eventEndpoints, keys, replicaKeys, secrets, registryReplications],
  },
  { title: "Login, trust and watching", readers: [userPools, identityProviders, trustedIssuers, certificates, alarms] },
  {
    title: "Kubernetes",
    readers: [
      workloads, jobs, scalers, services, ingresses, gateways, gatewayRoutes, disruptionBudgets, priorityClasses, volumeClaims, storageClasses, nodes,
    ],
  },
  { title: "Third parties", readers: [vendors] },
]; // prettier-ignore

export const readers: readonly Reader[] = readerFamilies.flatMap((family) => family.readers);
