/** Certificates, which the region of their load balancer must hold. */
import type { Reader } from "../../reader";

export const certificates: Reader = {
  gives: "whose a certificate is",
  types: ["aws:acm/certificate:Certificate"],
  read: (resource, into) => into.attach(resource),
};
