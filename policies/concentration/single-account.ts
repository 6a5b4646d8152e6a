import { byText } from "../../lib/order";
import { nameOf, type AccountFact } from "../../model";
import { factsOf, stores } from "../evidence/read";
import { count, subject } from "../evidence/words";
import type { Policy } from "../policy";
import { listsBy } from "../../lib/lists";

export const singleAccount: Policy = {
  name: "single-account",
  code: "DPX319",
  title: "A copy of the data is kept in another account",
  family: "concentration",
  severity: "medium",
  rows: ["5"],
  why:
    "The manual for hacking by a hostile state was in doubt. Whoever holds the credentials of an account can erase " +
    "all that is in it, in every region at once; a closed or suspended account is gone as a whole.",
  proves:
    "Compares the accounts of a store's replicas and of the vaults that its backups are copied to, from providers " +
    "(allowed accounts, assumed roles) and ARNs. Two resources of one login share an account; only two numbers tell " +
    "two apart.",
  fix: {
    text: "Copy the backups to a vault of an account of which production has no credentials.",
    snippet:
      'copyActions: [{ destinationVaultArn: "arn:aws:backup:ap-northeast-1:210987654321:backup-vault:kept-apart", ' +
      "lifecycle: { deleteAfter: 35 } }]",
  },
  // Advisory: a second account is a change of the organisation rather than of one stack. `levels` can make it
  // mandatory.
  levels: { critical: "advisory", important: "advisory" },
  config: {},
  *judge(context) {
    const byService = listsBy(factsOf(context.estate, "account"), ({ service }) => service);
    for (const service of stores(context)) {
      const copies = [...(byService.get(service.id) ?? [])].sort(dataFirst);
      const [first, ...others] = copies;
      // A store outside of any account has nothing to be compared with.
      if (first?.holds !== "data" || others.some((other) => differs(first, other))) continue;
      const open = others.find((other) => !isSame(first, other));
      const missing = open && [open.account, first.account].find((account) => !account.known);
      const urns = [...new Set(copies.map(({ urn }) => urn))];
      const wanted = `${subject(service)} must keep a copy of its data in another account`;
      if (missing?.known === false) {
        const message = `${wanted}, and ${missing.missing} is not known yet.`;
        yield { verdict: "unknown", service: service.id, lost: [], urns, message };
        continue;
      }
      const account = copies.map((copy) => copy.account).find((one) => one.known);
      const where = account?.known ? `account "${nameOf(account.value)}"` : "the account of one login";
      const backups = new Set(copies.filter(({ holds }) => holds === "backup").map(({ urn }) => urn)).size;
      yield {
        verdict: "broken",
        service: service.id,
        lost: account?.known ? [account.value] : [],
        urns,
        properties: ["allowedAccountIds", "assumeRoles", "copyActions.destinationVaultArn"],
        message: `${wanted}, and its data and ${count(backups, "vault")} of backups are all in ${where}.`,
      };
    }
  },
};

function dataFirst(one: AccountFact, other: AccountFact): number {
  const rank = ({ holds }: AccountFact): number => (holds === "data" ? 0 : 1);
  return rank(one) - rank(other) || byText(one.urn, other.urn);
}

/** Told apart by two numbers. */
function differs(one: AccountFact, other: AccountFact): boolean {
  return one.account.known && other.account.known && one.account.value !== other.account.value;
}

function isSame(one: AccountFact, other: AccountFact): boolean {
  return one.login === other.login || (one.account.known && other.account.known && !differs(one, other));
}
