/**
 * The form of a policy, and a way to try one on a stack: for rules of one's own.
 *
 *     import { findingsIn, type Policy } from "duplex/policies";
 */
export type { DomainId, Estate, Replica, Service, ServiceId, Tier } from "../model";
export type { Survival } from "../survival";
export { findingsIn, type StackState } from "./findingsIn";
export type { Finding, KnobSchema, Policy, PolicyContext, Violation } from "./policy";
