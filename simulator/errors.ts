/** Everything that the simulated cloud can refuse, with the stable code of its message. */
export const refusals = {
  noStore: { code: "DPX500", meaning: "The folder of the simulated cloud's store is not named or not usable." },
  missing: { code: "DPX501", meaning: "A required input is missing." },
  wrongType: { code: "DPX502", meaning: "An input has the wrong type." },
  unknownProperty: { code: "DPX503", meaning: "An input does not exist in the resource type." },
  invalid: { code: "DPX504", meaning: "An input has a value that the cloud refuses." },
  notModelled: { code: "DPX505", meaning: "The simulated cloud does not model the resource type." },
  noFunction: { code: "DPX506", meaning: "The simulated cloud does not model the function." },
  nameTaken: { code: "DPX507", meaning: "Another object already has the name or the address." },
  noReference: { code: "DPX508", meaning: "An input refers to an object that does not exist." },
  overlap: { code: "DPX509", meaning: "An address range overlaps another or lies outside of its network." },
  inUse: { code: "DPX510", meaning: "The object is used by another and cannot be deleted." },
  protected: { code: "DPX511", meaning: "The object is protected from deletion." },
  notFound: { code: "DPX512", meaning: "The object does not exist (any more)." },
  lost: { code: "DPX513", meaning: "The region, zone or cluster is lost: its endpoints do not answer." },
  injected: { code: "DPX514", meaning: "A failure that was asked for by fault injection." },
  throttled: { code: "DPX515", meaning: "A throttled call that was asked for by fault injection." },
  storeVersion: { code: "DPX516", meaning: "The store was written by another version of the simulated cloud." },
  configuration: { code: "DPX517", meaning: "The provider's configuration is missing something or is wrong." },
} as const;

export type RefusalName = keyof typeof refusals;

/** A refusal as the cloud would utter it. Shown without a stack trace: it is not a fault of the program. */
export class Refusal extends Error {
  readonly code: string;

  constructor(
    readonly kind: RefusalName,
    message: string,
  ) {
    super(`${message} [${refusals[kind].code}]`);
    this.name = "Refusal";
    this.code = refusals[kind].code;
  }
}

/** One input that Check refuses. */
export interface InputFailure {
  /** Path of the property, such as `ingress[0].fromPort`. */
  readonly property: string;
  readonly reason: string;
}

export function failure(kind: RefusalName, property: string, reason: string): InputFailure {
  return { property, reason: `${reason} [${refusals[kind].code}]` };
}
