/** Login: user pools in their region, and the third parties by which people log in (row 6 of the incident). */
import { domainId } from "../../../model";
import type { Reader } from "../../reader";
import type { Resource } from "../../resource";
import { field, textAt, texts } from "../../values";
import { placeInRegion } from "../regional";
import { byText } from "../../../lib/order";

const poolTypes = ["aws:cognito/userPool:UserPool"] as const;
const providerTypes = ["aws:cognito/identityProvider:IdentityProvider"] as const;
const clientTypes = ["aws:cognito/userPoolClient:UserPoolClient"] as const;
/** A client's word for the pool's own accounts. */
const ownAccounts = "COGNITO";

export const userPools: Reader = {
  gives: "login in its region, and the third parties that it cannot do without",
  types: poolTypes,
  read(resource, into, context) {
    const { stack } = context;
    placeInRegion(resource, "identity", "companion", into, context);
    const belongs = (one: Resource): boolean =>
      stack.references(one, "userPoolId", poolTypes, field(one.properties, "userPoolId")).resources.includes(resource);
    const providers = stack.ofType(providerTypes[0]).filter(belongs);
    if (providers.length === 0) return;
    const clients = stack.ofType(clientTypes[0]).filter(belongs);
    // People can still log in with the pool's own password where some client offers it; unless said, all clients offer
    // only what they list.
    const own = clients.some((client) =>
      texts(field(client.properties, "supportedIdentityProviders")).includes(ownAccounts),
    );
    if (own) return;
    const vendors = providers.map((provider) => ({ provider, vendor: vendorOf(provider) }));
    for (const { provider, vendor } of vendors) {
      const domain = domainId("vendor", vendor);
      into.vendors.push({ service: `vendor:${vendor}`, domain, urn: provider.urn, purpose: "log in" });
    }
    const anyOf = [...new Set(vendors.map(({ vendor }) => `vendor:${vendor}`))].sort(byText);
    into.choices.push({ from: resource.urn, anyOf, strength: "hard", property: "supportedIdentityProviders" });
  },
};

export const identityProviders: Reader = {
  gives: "third parties by which people log in, read with their pool",
  types: [...providerTypes, ...clientTypes],
  read: (resource, into) => into.attach(resource),
};

/** Who really answers: the host of an OpenID or SAML provider, else the name that it is given. */
function vendorOf(provider: Resource): string {
  const details = field(provider.properties, "providerDetails");
  const address =
    textAt(provider, "providerDetails", "oidc_issuer") ?? textAt(provider, "providerDetails", "MetadataURL");
  const host = address === undefined ? undefined : hostOf(address);
  const name = textAt(provider, "providerName") ?? provider.name;
  return (typeof details === "symbol" ? name : (host ?? name)).toLowerCase();
}

/** `https://accounts.kakao.com/x` and `https://kauth.kakao.com` are one vendor: `kakao.com`. */
function hostOf(address: string): string | undefined {
  const host = address.split("//")[1]?.split("/")[0]?.split(":")[0];
  return host?.split(".").slice(-2).join(".") || undefined;
}
