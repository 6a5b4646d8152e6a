/** What stands between a call and the cloud: lost places and injected failures. */
import { Refusal } from "../errors";
import type { Call } from "../store/faults";
import type { Store } from "../store/store";
import type { Family } from "./resourceType";

export interface Waiting {
  sleep(milliseconds: number): Promise<void>;
}

/**
 * A dead endpoint is noticed after this long; real clients wait longer and retry, which would only slow a drill down.
 */
const deadEndpointMs = 200;

/** As often as the vendors' clients try a throttled call by default. */
const attempts = 3;

/** Waits or throws as the place and the injected faults demand. */
export async function beforeCall(call: Call, family: Family, store: Store, waiting: Waiting): Promise<void> {
  const endpoint = family.endpointOf(call.place);
  if (store.isLost(endpoint.kind, endpoint.name)) {
    await waiting.sleep(deadEndpointMs);
    throw new Refusal("lost", `${call.operation} of ${call.urn}: ${family.deadPlace(call.place)}`);
  }
  for (let attempt = 1; ; attempt++) {
    const fault = store.takeFault(call);
    if (!fault) return;
    if (fault.delayMs) await waiting.sleep(fault.delayMs);
    if (fault.kind === "error") {
      throw new Refusal("injected", `${call.operation} of ${call.urn}: ${fault.message ?? "The call failed."}`);
    }
    if (fault.kind === "delay") return;
    if (attempt === attempts) {
      throw new Refusal(
        "throttled",
        `${call.operation} of ${call.urn}: ${fault.message ?? "ThrottlingException: Rate exceeded."} Tried ` +
          `${attempts} times.`,
      );
    }
    await waiting.sleep(100 * 2 ** attempt);
  }
}
