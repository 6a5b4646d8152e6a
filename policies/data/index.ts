export { dataReplication } from "./data-replication";
export { deletionProtection } from "./deletion-protection";
export { oneWayReplication } from "./one-way-replication";
export { quorumInOneSite } from "./quorum-in-one-site";
export { rpoObjective } from "./rpo-objective";
export { standbyPromotion } from "./standby-promotion";
export { zonalVolume } from "./zonal-volume";
