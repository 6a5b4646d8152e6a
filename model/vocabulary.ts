/**
 * The words by which a resource says what it belongs to: keys of AWS tags and of Kubernetes labels and annotations.
 * They are claims, read with care: placement is always taken from the resource itself.
 */

/** Keys of AWS tags. */
export const tagKeys = {
  service: "duplex:service",
  tier: "duplex:tier",
  site: "duplex:site",
  layer: "duplex:layer",
  role: "duplex:role",
  owner: "duplex:owner",
  /** Address of the runbook for the service's loss. */
  runbook: "duplex:runbook",
  /** Host name of the page where users are told of an outage. */
  statusPage: "duplex:status-page",
  /** Peak demand of the whole service, requests per second. */
  peakRps: "duplex:peak-rps",
  /** Capacity of one unit (instance, pod, task), requests per second. */
  unitRps: "duplex:unit-rps",
  /** Comma-separated; `a|b` is a group of which any one is enough; `?a` is soft; `^a` is needed to start only. */
  dependsOn: "duplex:depends-on",
  rtoSeconds: "duplex:rto-seconds",
  rpoSeconds: "duplex:rpo-seconds",
  leastShare: "duplex:least-share",
  /** Seconds that a standby needs before it serves. */
  startSeconds: "duplex:start-seconds",
  /** Findings on this resource that are accepted for a while: `DPX301 until 2027-01-31 OPS-12`; several by ` + `. */
  exempt: "duplex:exempt",
} as const;

export type TagName = keyof typeof tagKeys;

/** Keys of Kubernetes labels and annotations: `duplex.dev/service` for `duplex:service`. */
export const labelKeys: Readonly<Record<TagName, string>> = Object.fromEntries(
  Object.entries(tagKeys).map(([name, key]) => [name, key.replace("duplex:", "duplex.dev/")]),
) as Record<TagName, string>;

/** Topology labels of nodes. The first two are Kubernetes' well-known ones, the rest ours. */
export const topologyKeys = {
  region: "topology.kubernetes.io/region",
  zone: "topology.kubernetes.io/zone",
  facility: "topology.duplex.dev/facility",
  power: "topology.duplex.dev/power",
  host: "kubernetes.io/hostname",
} as const;

/** Type tokens of the components: what a state export calls them. */
export const componentTypes = {
  site: "duplex:site:Site",
  estate: "duplex:estate:Estate",
  awsService: "duplex:service:AwsService",
  kubernetesService: "duplex:service:KubernetesService",
  activeActiveService: "duplex:service:ActiveActiveService",
  reserveCapacity: "duplex:reserve:ReserveCapacity",
  failoverDns: "duplex:dns:FailoverDns",
  globalDatabase: "duplex:data:GlobalDatabase",
  replicatedBucket: "duplex:data:ReplicatedBucket",
} as const;
