/** KMS, Secrets Manager, parameters and certificates. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as certificates from "./certificates";
import * as keys from "./keys";

export const keysFamily: ReaderFamily = {
  title: "Keys, secrets and certificates",
  readers: readersIn(certificates, keys),
};
