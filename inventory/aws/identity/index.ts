/** Who may log in, and by whose word. */
import type { ReaderFamily } from "../../reader";
import { identityProviders, userPools } from "./cognito";
import { trustedIssuers } from "./trust";

export const identityFamily: ReaderFamily = {
  title: "Identity and login",
  readers: [identityProviders, userPools, trustedIssuers],
};
