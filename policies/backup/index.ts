export { backupAbsent } from "./backup-absent";
export { backupInterval } from "./backup-interval";
export { backupMutable } from "./backup-mutable";
export { backupSameFacility } from "./backup-same-facility";
export { restoreUntested } from "./restore-untested";
