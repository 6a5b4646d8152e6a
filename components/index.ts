/**
 * What a platform team declares with: an estate as one component, and each of its parts by itself.
 *
 *     import { Estate, estateOfStack } from "duplex";
 *     export const { services } = new Estate("estate", estateOfStack());
 */
export { parseEstate, type EstateInput, type EstateSpec, type ServiceSpec, type SiteSpec } from "../estate";
export { UserError, type Mistake, type Objectives, type Tier } from "../model";
export { exemptAnnotations, exemptTags, type ExemptionArgs } from "./common/exempt";
export type { ServiceIdentity } from "./common/identity";
export { GlobalDatabase, type GlobalDatabaseArgs } from "./data/globalDatabase";
export { LockedBackups, type LockedBackupsArgs } from "./data/lockedBackups";
export { ReplicatedBucket, type ReplicatedBucketArgs } from "./data/replicatedBucket";
export { Certificates, type CertificatesArgs } from "./dns/certificates";
export { FailoverDns, type DnsTarget, type FailoverDnsArgs } from "./dns/failoverDns";
export { OutsideAlarms, type OutsideAlarmsArgs } from "./dns/outsideAlarms";
export { ActiveActiveService } from "./estate/activeActiveService";
export { Estate, type ServiceSummary } from "./estate/estate";
export { estateOfStack } from "./estate/estateOfStack";
export type { CloudPlace, FacilityPlace, Place, Places } from "./estate/place";
export type { ActiveActiveServiceArgs } from "./estate/serviceArgs";
export { Site, type SiteArgs } from "./estate/site";
export type { KubernetesServiceArgs } from "./kubernetes/args";
export { Cluster, type ClusterArgs } from "./kubernetes/cluster";
export { KubernetesService } from "./kubernetes/kubernetesService";
export type { Network, NetworkZone } from "./network/network";
export { SiteNetwork, type SiteNetworkArgs } from "./network/siteNetwork";
export { SitePeering, type SitePeeringArgs } from "./network/sitePeering";
export { ReserveCapacity, type ReserveCapacityArgs } from "./reserve/reserveCapacity";
export type { AwsServiceArgs } from "./service/args";
export { AwsService } from "./service/awsService";
export { ImageRegistry, type ImageRegistryArgs } from "./service/imageRegistry";
