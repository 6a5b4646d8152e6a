/** Backups by plan: what is selected, how often it is kept, where, and whether it can be erased. */
import { trustGate } from "../identity/access";
import { roleTypes } from "../identity/permissions";
import { known, unknown, type Backup, type Known, type Urn } from "../../../model";
import { liveBackupAge } from "../../live";
import type { Reader, ReadContext } from "../../reader";
import { UNKNOWN, type Resource, type Value } from "../../resource";
import type { Stack } from "../../stack";
import { amount, field, items, propertyPath, text } from "../../values";
import { accountOf, numberInArn, type Account } from "../account";
import { stateAccount } from "../accountFacts";
import { intervalOf } from "./schedule";
import { selectedStores } from "./selected";

const selectionType = "aws:backup/selection:Selection";
const planTypes = ["aws:backup/plan:Plan"] as const;
const vaultTypes = ["aws:backup/vault:Vault", "aws:backup/logicallyAirGappedVault:LogicallyAirGappedVault"] as const;
export const backupSelections: Reader = {
  gives: "backups of each selected store: interval, places, accounts, retention, immutability",
  types: [selectionType],
  read(resource, into, context) {
    const { stack } = context;
    // As a role that it may not take, the service backs nothing up.
    const stores = isRoleTaken(resource, stack) ? selectedStores(resource, stack) : [];
    for (const plan of plansOf(resource, stack)) {
      const backups = items(field(plan.properties, "rules")).flatMap((rule, index) =>
        backupsOf(plan, rule, index, context),
      );
      for (const store of stores) {
        for (const { backup, account } of backups) {
          into.backups.push({ of: store.urn, backup: asMade(backup, store) });
          stateAccount(backup.urn, "backup", account, store.urn, into);
        }
      }
    }
    into.attach(resource);
  },
};

function isRoleTaken(selection: Resource, stack: Stack): boolean {
  const named = field(selection.properties, "iamRoleArn");
  const [role] = stack.references(selection, "iamRoleArn", roleTypes, named).resources;
  return role === undefined || trustGate(role, "backup.amazonaws.com") === undefined;
}

/** Where the newest backup of a store is older than its plan promises, that is how much a restore loses. */
function asMade(backup: Backup, store: Resource): Backup {
  const age = liveBackupAge(store);
  const { intervalSeconds: promised } = backup;
  if (age === undefined || !promised.known || promised.value >= age) return backup;
  return { ...backup, intervalSeconds: known(age) };
}

/**
 * Seconds between two backups of each store, by the most frequent rule that selects it; stores without a plain schedule
 * are left out.
 */
export function backupIntervals(stack: Stack): ReadonlyMap<Urn, number> {
  const intervals = new Map<Urn, number>();
  for (const selection of stack.ofType(selectionType)) {
    const rules = plansOf(selection, stack).flatMap(({ properties }) => items(field(properties, "rules")));
    const seconds = rules
      .map((rule) => intervalOf(field(rule, "schedule"), ""))
      .flatMap((each) => (each.known ? [each.value] : []));
    if (seconds.length === 0) continue;
    for (const { urn } of selectedStores(selection, stack)) {
      intervals.set(urn, Math.min(intervals.get(urn) ?? Infinity, ...seconds));
    }
  }
  return intervals;
}

function plansOf(selection: Resource, stack: Stack): readonly Resource[] {
  return stack.references(selection, "planId", planTypes, field(selection.properties, "planId")).resources;
}

interface Kept {
  readonly backup: Backup;
  readonly account: Account;
}

/** The rule's own vault, and each vault that it copies to. */
function backupsOf(plan: Resource, rule: Value, index: number, context: ReadContext): readonly Kept[] {
  const intervalSeconds = intervalOf(field(rule, "schedule"), propertyPath(plan, "rules", index, "schedule"));
  const kept = (lifecycle: Value): { retentionSeconds?: Known<number> } => {
    const days = amount(field(lifecycle, "deleteAfter"));
    return days === undefined ? {} : { retentionSeconds: known(days * 86_400) };
  };
  const copies = items(field(rule, "copyActions"));
  const own = vaultNamed(plan, field(rule, "targetVaultName"), 1 + copies.length, context);
  return [
    {
      backup: {
        ...standing(own, propertyPath(plan, "rules", index, "targetVaultName"), context),
        intervalSeconds,
        ...kept(field(rule, "lifecycle")),
        urn: own?.urn ?? plan.urn,
      },
      // A rule writes into a vault of its own account; it copies to any.
      account: accountOf(own ?? plan, context.stack),
    },
    ...copies.map((copy, at): Kept => {
      const arn = field(copy, "destinationVaultArn");
      const vault = vaultNamed(plan, arn, 1 + copies.length, context);
      const path = propertyPath(plan, "rules", index, "copyActions", at, "destinationVaultArn");
      const backup: Backup = {
        ...(vault === undefined ? elsewhere(arn, path, context) : standing(vault, path, context)),
        intervalSeconds,
        ...kept(field(copy, "lifecycle")),
        urn: vault?.urn ?? plan.urn,
      };
      return {
        backup,
        account: vault === undefined ? accountIn(arn, path, plan, context) : accountOf(vault, context.stack),
      };
    }),
  ];
}

/** A vault of another stack, often of another account: its ARN says where, and nothing says whether it is locked. */
function elsewhere(arn: Value, missing: string, { aws }: ReadContext): Pick<Backup, "placement" | "immutable"> {
  const region = text(text(arn)?.split(":", 4)[3]);
  return {
    placement: region === undefined ? unknown(missing) : known([aws.region(region)]),
    immutable: unknown(missing),
  };
}

/** By the ARN; before a preview knows it, by the vaults that it may be one of, where they are all of one login. */
function accountIn(arn: Value, missing: string, plan: Resource, { stack }: ReadContext): Account {
  const number = numberInArn(arn);
  if (number !== undefined) return { login: number, number: known(number) };
  const [first, ...others] = stack.edges(plan, "rules", vaultTypes).map((vault) => accountOf(vault, stack));
  const isOne = first !== undefined && others.every(({ login }) => login === first.login);
  return arn === UNKNOWN && isOne ? first : { login: missing, number: unknown(missing) };
}

/** The vault that a value names; by the plan's edges only where there is one candidate for one place. */
function vaultNamed(plan: Resource, value: Value, places: number, { stack }: ReadContext): Resource | undefined {
  const name = text(value);
  if (name !== undefined) return stack.byIdentifier(vaultTypes, name);
  const edges = stack.edges(plan, "rules", vaultTypes);
  return places === 1 && edges.length === 1 ? edges[0] : undefined;
}

function standing(
  vault: Resource | undefined,
  missing: string,
  { aws, stack }: ReadContext,
): Pick<Backup, "placement" | "immutable"> {
  if (vault === undefined) return { placement: unknown(missing), immutable: unknown(missing) };
  const locks = stack
    .ofType("aws:backup/vaultLockConfiguration:VaultLockConfiguration")
    .filter((lock) =>
      stack
        .references(lock, "backupVaultName", vaultTypes, field(lock.properties, "backupVaultName"))
        .resources.includes(vault),
    );
  // Only with a grace period does a lock become final (compliance mode); without it, an administrator can take it off.
  const locked = locks.some((lock) => amount(field(lock.properties, "changeableForDays")) !== undefined);
  return { placement: aws.regional(vault), immutable: known(locked || vault.type === vaultTypes[1]) };
}

/** Vaults and plans hold and do nothing by themselves; a selection joins them. */
export const backupParts: Reader = {
  gives: "vaults, plans and locks, read with the selection that joins them",
  types: [...planTypes, ...vaultTypes, "aws:backup/vaultLockConfiguration:VaultLockConfiguration"],
  read: (resource, into) => into.attach(resource),
};
