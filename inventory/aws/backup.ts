/** Backups by plan: what is selected, how often it is kept, where, and whether it can be erased. */
import { known, unknown, type Backup, type Known } from "../../model";
import type { Reader, ReadContext } from "../reader";
import type { Resource, Value } from "../resource";
import { amount, at, field, items, propertyPath, text } from "../values";
import { intervalOf } from "./schedule";

const planTypes = ["aws:backup/plan:Plan"] as const;
const vaultTypes = ["aws:backup/vault:Vault", "aws:backup/logicallyAirGappedVault:LogicallyAirGappedVault"] as const;
const storeTypes = [
  "aws:dynamodb/table:Table",
  "aws:rds/instance:Instance",
  "aws:rds/cluster:Cluster",
  "aws:s3/bucket:Bucket",
  "aws:s3/bucketV2:BucketV2",
] as const;

export const backupSelections: Reader = {
  gives: "backups of each selected store: interval, places, retention, immutability",
  types: ["aws:backup/selection:Selection"],
  read(resource, into, context) {
    const { stack } = context;
    const { properties } = resource;
    const listed = stack.references(resource, "resources", storeTypes, field(properties, "resources")).resources;
    const stores = [...new Set([...listed, ...taggedStores(resource, context)])];
    for (const plan of stack.references(resource, "planId", planTypes, field(properties, "planId")).resources) {
      const backups = items(field(plan.properties, "rules")).flatMap((rule, index) =>
        backupsOf(plan, rule, index, context),
      );
      for (const store of stores) for (const backup of backups) into.backups.push({ of: store.urn, backup });
    }
    into.attach(resource);
  },
};

function taggedStores(resource: Resource, { stack }: ReadContext): readonly Resource[] {
  const wanted = items(field(resource.properties, "selectionTags"))
    .map((tag) => [text(field(tag, "key")), text(field(tag, "value"))] as const)
    .filter((pair): pair is readonly [string, string] => pair[0] !== undefined && pair[1] !== undefined);
  if (wanted.length === 0) return [];
  return storeTypes
    .flatMap((type) => stack.ofType(type))
    .filter((store) => wanted.some(([key, value]) => at(store.properties, "tags", key) === value));
}

/** The rule's own vault, and each vault that it copies to. */
function backupsOf(plan: Resource, rule: Value, index: number, context: ReadContext): readonly Backup[] {
  const intervalSeconds = intervalOf(field(rule, "schedule"), propertyPath(plan, "rules", index, "schedule"));
  const kept = (lifecycle: Value): { retentionSeconds?: Known<number> } => {
    const days = amount(field(lifecycle, "deleteAfter"));
    return days === undefined ? {} : { retentionSeconds: known(days * 86_400) };
  };
  const copies = items(field(rule, "copyActions"));
  const own = vaultNamed(plan, field(rule, "targetVaultName"), 1 + copies.length, context);
  return [
    {
      ...standing(own, propertyPath(plan, "rules", index, "targetVaultName"), context),
      intervalSeconds,
      ...kept(field(rule, "lifecycle")),
      urn: own?.urn ?? plan.urn,
    },
    ...copies.map((copy, at) => {
      const vault = vaultNamed(plan, field(copy, "destinationVaultArn"), 1 + copies.length, context);
      const path = propertyPath(plan, "rules", index, "copyActions", at, "destinationVaultArn");
      return {
        ...standing(vault, path, context),
        intervalSeconds,
        ...kept(field(copy, "lifecycle")),
        urn: vault?.urn ?? plan.urn,
      };
    }),
  ];
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
