/** The catalogue: every policy, by code. Composed here and nowhere else; importing it runs nothing. */
import { backupAbsent } from "./backup/backup-absent";
import { backupInterval } from "./backup/backup-interval";
import { backupMutable } from "./backup/backup-mutable";
import { backupSameFacility } from "./backup/backup-same-facility";
import { restoreUntested } from "./backup/restore-untested";
import { leastCopies } from "./concentration/least-copies";
import { singleAccount } from "./concentration/single-account";
import { singleCarrier } from "./concentration/single-carrier";
import { singleDirectConnectLocation } from "./concentration/single-direct-connect-location";
import { singleFacility } from "./concentration/single-facility";
import { singleHazardZone } from "./concentration/single-hazard-zone";
import { singleNatGateway } from "./concentration/single-nat-gateway";
import { singleOperator } from "./concentration/single-operator";
import { singlePowerDomain } from "./concentration/single-power-domain";
import { singleRegion } from "./concentration/single-region";
import { singleVendor } from "./concentration/single-vendor";
import { singleZone } from "./concentration/single-zone";
import { thirdPartyLogin } from "./concentration/third-party-login";
import { dataReplication } from "./data/data-replication";
import { deletionProtection } from "./data/deletion-protection";
import { oneWayReplication } from "./data/one-way-replication";
import { quorumInOneSite } from "./data/quorum-in-one-site";
import { rpoObjective } from "./data/rpo-objective";
import { standbyPromotion } from "./data/standby-promotion";
import { zonalVolume } from "./data/zonal-volume";
import { intakeAbsent } from "./intake/intake-absent";
import { intakeInside } from "./intake/intake-inside";
import { disruptionBudgetAbsent } from "./kubernetes/disruption-budget-absent";
import { disruptionBudgetBlocks } from "./kubernetes/disruption-budget-blocks";
import { podSpread } from "./kubernetes/pod-spread";
import { priorityAbsent } from "./kubernetes/priority-absent";
import { requestsAbsent } from "./kubernetes/requests-absent";
import { stretchedQuorum } from "./kubernetes/stretched-quorum";
import { unreachableToleration } from "./kubernetes/unreachable-toleration";
import { batteryNotSeparated } from "./operations/battery-not-separated";
import { drillTooOld } from "./operations/drill-too-old";
import { runbookAbsent } from "./operations/runbook-absent";
import { statusPageAbsent } from "./operations/status-page-absent";
import { statusPageInside } from "./operations/status-page-inside";
import { exemptionExpired } from "./operations/exemption-expired";
import { failoverTooling } from "./operations/failover-tooling";
import { monitoringInside } from "./operations/monitoring-inside";
import { rtoObjective } from "./operations/rto-objective";
import { tierInheritance } from "./operations/tier-inheritance";
import { undeclaredDemand } from "./operations/undeclared-demand";
import { undeclaredOwner } from "./operations/undeclared-owner";
import { undeclaredTier } from "./operations/undeclared-tier";
import type { Policy } from "./policy";
import { notJudged } from "./proof/not-judged";
import { placementProof } from "./proof/placement-proof";
import { autoscalingCeiling } from "./reserve/autoscaling-ceiling";
import { quotaBelowPeak } from "./reserve/quota-below-peak";
import { reserveNMinus1 } from "./reserve/reserve-n-minus-1";
import { reserveNMinus2 } from "./reserve/reserve-n-minus-2";
import { reserveNotHeld } from "./reserve/reserve-not-held";
import { reserveUnasked } from "./reserve/reserve-unasked";
import { servesAtPeak } from "./reserve/serves-at-peak";
import { spotOnlyCapacity } from "./reserve/spot-only-capacity";
import { zonalImbalance } from "./reserve/zonal-imbalance";
import { aliasWithoutTargetHealth } from "./routing/alias-without-target-health";
import { dnsHealthCheck } from "./routing/dns-health-check";
import { dnsTtl } from "./routing/dns-ttl";
import { emptyStandby } from "./routing/empty-standby";
import { failoverControlPlane } from "./routing/failover-control-plane";
import { healthCheckInside } from "./routing/health-check-inside";
import { healthCheckShallow } from "./routing/health-check-shallow";
import { singleDnsProvider } from "./routing/single-dns-provider";
import { unroutedSite } from "./routing/unrouted-site";
import { startupCycle } from "./startup/startup-cycle";
import { startupInOneSite } from "./startup/startup-in-one-site";

const concentration = [
  singleFacility,
  singleZone,
  singlePowerDomain,
  singleRegion,
  singleOperator,
  singleCarrier,
  singleHazardZone,
  singleVendor,
  leastCopies,
  thirdPartyLogin,
  singleDirectConnectLocation,
  singleNatGateway,
  singleAccount,
];
const reserve = [
  reserveNMinus1,
  reserveNMinus2,
  servesAtPeak,
  autoscalingCeiling,
  reserveNotHeld,
  spotOnlyCapacity,
  zonalImbalance,
  quotaBelowPeak,
  reserveUnasked,
];
const routing = [
  dnsHealthCheck,
  dnsTtl,
  failoverControlPlane,
  healthCheckInside,
  healthCheckShallow,
  emptyStandby,
  unroutedSite,
  singleDnsProvider,
  aliasWithoutTargetHealth,
];
const data = [
  dataReplication,
  rpoObjective,
  quorumInOneSite,
  standbyPromotion,
  oneWayReplication,
  deletionProtection,
  zonalVolume,
];
const backup = [backupAbsent, backupSameFacility, backupMutable, backupInterval, restoreUntested];
const startup = [startupCycle, startupInOneSite];
const kubernetes = [
  podSpread,
  requestsAbsent,
  unreachableToleration,
  disruptionBudgetAbsent,
  disruptionBudgetBlocks,
  priorityAbsent,
  stretchedQuorum,
];
const intake = [intakeAbsent, intakeInside];
const operations = [
  drillTooOld,
  batteryNotSeparated,
  runbookAbsent,
  statusPageAbsent,
  statusPageInside,
  tierInheritance,
  failoverTooling,
  monitoringInside,
  undeclaredTier,
  undeclaredOwner,
  undeclaredDemand,
  rtoObjective,
  exemptionExpired,
];
const proof = [placementProof, notJudged];

/** Every policy, sorted by code. */
export const catalogue: readonly Policy[] = [
  ...concentration,
  ...reserve,
  ...routing,
  ...data,
  ...backup,
  ...startup,
  ...kubernetes,
  ...intake,
  ...operations,
  ...proof,
];
