/** In which accounts the data of stores, and their backups, are kept. */
import { domainId, mapKnown, type AccountFact, type Urn } from "../../model";
import type { Draft } from "../draft";
import type { ReadContext } from "../reader";
import { accountOf, type Account } from "./account";

/** States in which account a store's data, or a backup of it, is kept. */
export function stateAccount(urn: Urn, holds: AccountFact["holds"], account: Account, store: Urn, into: Draft): void {
  const domain = mapKnown(account.number, (number) => domainId("account", number));
  into.state({ kind: "account", urn, holds, account: domain, login: account.login }, store);
}

/** States the account of every store of AWS that has been placed. */
export function stateAccountsOfStores(into: Draft, { stack }: Pick<ReadContext, "stack">): void {
  for (const { resource, layer } of into.units) {
    if (layer !== "store" || !resource.type.startsWith("aws:")) continue;
    stateAccount(resource.urn, "data", accountOf(resource, stack), resource.urn, into);
  }
}
