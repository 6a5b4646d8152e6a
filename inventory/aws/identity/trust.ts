/** Whom an account lets in: identity providers outside. */
import { domainId } from "../../../model";
import type { Reader } from "../../reader";
import { textAt } from "../../values";

/** A third party whose word opens the account; a cluster's own issuer is AWS itself. */
export const trustedIssuers: Reader = {
  gives: "a third party whose word opens the account",
  types: ["aws:iam/openIdConnectProvider:OpenIdConnectProvider"],
  read(resource, into) {
    into.attach(resource);
    const host = textAt(resource, "url")
      ?.replace(/^https:\/\//, "")
      .split("/", 1)[0];
    if (host === undefined || host === "" || host.endsWith(".amazonaws.com")) return;
    const vendor = host.split(".").slice(-2).join(".").toLowerCase();
    into.vendors.push({ service: `vendor:${vendor}`, domain: domainId("vendor", vendor), urn: resource.urn });
  },
};
