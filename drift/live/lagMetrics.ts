/**
 * Metrics by which a store says how far a copy of it is behind, where what is not copied yet is lost with the source.
 */

interface LagMetric {
  readonly namespace: string;
  readonly names: readonly string[];
  /** Dimensions that name the store, and the types that it can be. */
  readonly stores: Readonly<Record<string, readonly string[]>>;
}

const clusters = ["aws:rds/cluster:Cluster", "aws:docdb/cluster:Cluster", "aws:neptune/cluster:Cluster"];
const cacheGroups = ["aws:elasticache/replicationGroup:ReplicationGroup"];

/**
 * From the metrics pages of each service's guide (Amazon Aurora, RDS, DynamoDB, S3, ElastiCache, EFS, DocumentDB). Lag
 * of readers inside of one Aurora cluster is not here: they share its storage, so that nothing is lost by it.
 */
const lagMetrics: readonly LagMetric[] = [
  {
    namespace: "AWS/RDS",
    names: ["AuroraGlobalDBReplicationLag", "AuroraGlobalDBRPOLag", "AuroraBinlogReplicaLag", "ReplicaLag"],
    stores: { DBClusterIdentifier: clusters, DBInstanceIdentifier: ["aws:rds/instance:Instance"] },
  },
  { namespace: "AWS/DocDB", names: ["GlobalClusterReplicationLag"], stores: { DBClusterIdentifier: clusters } },
  { namespace: "AWS/DynamoDB", names: ["ReplicationLatency"], stores: { TableName: ["aws:dynamodb/table:Table"] } },
  {
    namespace: "AWS/S3",
    names: ["ReplicationLatency", "OperationsPendingReplication", "BytesPendingReplication"],
    stores: { SourceBucket: ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] },
  },
  {
    namespace: "AWS/ElastiCache",
    names: ["ReplicationLag", "GlobalDatastoreReplicationLag"],
    stores: { ReplicationGroupId: cacheGroups },
  },
  { namespace: "AWS/EFS", names: ["TimeSinceLastSync"], stores: { FileSystemId: ["aws:efs/fileSystem:FileSystem"] } },
];

/** The dimension that names the store, and the types that it can be; undefined for any other metric. */
export function storesOfLag(namespace: string, name: string): LagMetric["stores"] | undefined {
  return lagMetrics.find((metric) => metric.namespace === namespace && metric.names.includes(name))?.stores;
}
