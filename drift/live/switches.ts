/**
 * Switches of the Application Recovery Controller: what `aws route53-recovery-cluster list-routing-controls` prints
 * (Routing Control API Reference, ListRoutingControls). While a switch is off, no traffic flows to what it stands
 * before.
 */
import type { Value } from "../../inventory/resource";
import { field, items, text } from "../../inventory/values";
import type { ResourceIndex } from "./resourceIndex";
import type { Recognised, SwitchRecord } from "./record";
import type { LiveObservation } from "./observation";

/** Undefined for any other document. */
export function switches(document: Value): Recognised | undefined {
  const list = field(document, "RoutingControls");
  if (!Array.isArray(list)) return undefined;
  const found: SwitchRecord[] = [];
  for (const [index, control] of items(list).entries()) {
    const [arn, state] = [text(field(control, "RoutingControlArn")), text(field(control, "RoutingControlState"))];
    if (arn === undefined || (state !== "On" && state !== "Off")) {
      const path = `RoutingControls[${index}]`;
      return { path, message: 'A routing control must have its ARN, and the state "On" or "Off".' };
    }
    found.push({ kind: "switch", arn, state });
  }
  return found;
}

/** Of several files the last one counts, as of a later look. */
export function observeSwitches(records: readonly SwitchRecord[], placed: ResourceIndex): readonly LiveObservation[] {
  const states = new Map(records.map(({ arn, state }) => [arn, state]));
  return [...states].flatMap(([arn, state]) => {
    const found = placed.withArn(arn);
    return state === "On" || found === undefined
      ? []
      : [{ urn: found.urn, path: ["state"], promised: "On", found: state, onlyIfRead: true }];
  });
}
