/** Property that stands for all others of a resource which another policy of the request has been given. */
export const deserializedKey = "duplex:alreadyDeserialized";
