export { intakeAbsent } from "./intake-absent";
export { intakeInside } from "./intake-inside";
