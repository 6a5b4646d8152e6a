/** Property of a resource whose own properties another policy of the request has been handed. */
export const handedOutKey = "duplex:handedOut";
