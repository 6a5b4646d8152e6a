/** Databases whose clusters are made alike: storage over the zones of a region, a writer and readers before it. */

/** What the types and properties of one such database are called. */
export interface ClusterFamily {
  /** Name of the service, as its control plane is called. */
  readonly service: string;
  readonly clusters: readonly string[];
  readonly members: readonly string[];
  readonly globals: readonly string[];
  readonly subnetGroups: readonly string[];
  readonly subnetGroupProperty: string;
  /** Seconds until a reader writes, as the database's documentation bounds them. */
  readonly readerSeconds: number;
}

export const aurora: ClusterFamily = {
  service: "rds",
  clusters: ["aws:rds/cluster:Cluster"],
  members: ["aws:rds/clusterInstance:ClusterInstance"],
  globals: ["aws:rds/globalCluster:GlobalCluster"],
  subnetGroups: ["aws:rds/subnetGroup:SubnetGroup"],
  subnetGroupProperty: "dbSubnetGroupName",
  // "Typically less than 60 seconds" (Amazon Aurora User Guide, "High availability").
  readerSeconds: 60,
};

export const documentDb: ClusterFamily = {
  service: "docdb",
  clusters: ["aws:docdb/cluster:Cluster"],
  members: ["aws:docdb/clusterInstance:ClusterInstance"],
  globals: ["aws:docdb/globalCluster:GlobalCluster"],
  subnetGroups: ["aws:docdb/subnetGroup:SubnetGroup"],
  subnetGroupProperty: "dbSubnetGroupName",
  // Service is back "in less than 120 seconds" (Developer Guide, "Understanding cluster fault tolerance").
  readerSeconds: 120,
};

export const neptune: ClusterFamily = {
  service: "neptune",
  clusters: ["aws:neptune/cluster:Cluster"],
  members: ["aws:neptune/clusterInstance:ClusterInstance"],
  globals: ["aws:neptune/globalCluster:GlobalCluster"],
  subnetGroups: ["aws:neptune/subnetGroup:SubnetGroup"],
  subnetGroupProperty: "neptuneSubnetGroupName",
  // Service is back "in less than 120 seconds" (User Guide, "Fault tolerance for a Neptune DB cluster").
  readerSeconds: 120,
};

const families = [aurora, documentDb, neptune] as const;

/** Instances of clusters, read with the cluster that they name. */
export const memberTypes: readonly string[] = families.flatMap(({ members }) => members);
