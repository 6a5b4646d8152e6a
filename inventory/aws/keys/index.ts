/** KMS, Secrets Manager, parameters and certificates. */
import type { ReaderFamily } from "../../reader";
import { certificates } from "./certificates";
import { keys, parameters, replicaKeys, secrets } from "./keys";

export const keysFamily: ReaderFamily = {
  title: "Keys, secrets and certificates",
  readers: [certificates, keys, parameters, replicaKeys, secrets],
};
