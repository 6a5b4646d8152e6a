/** A table of DynamoDB with a copy in every region, all of which take writes. */
import * as dynamodb from "@pulumi/aws/dynamodb";
import type * as pulumi from "@pulumi/pulumi";
import type { CloudSite, Mistake } from "../../model";
import { type ServiceIdentity, awsTags } from "../common/identity";
import { physicalName } from "../common/names";
import { argumentMistake } from "../common/refuse";

export type AttributeType = "S" | "N" | "B";

/** A second way to look items up, kept in every region. */
export interface TableIndex {
  readonly name: string;
  readonly hashKey: string;
  readonly rangeKey?: string;
}

export interface TableArgs {
  /** Key that items are spread by. A change replaces the table. @default pk */
  readonly hashKey?: string;
  /**
   * Key that items of one hash key are sorted by. A change replaces the table. @default sk with the default hashKey,
   * else none
   */
  readonly rangeKey?: string;
  /** Types of all keys, those of indexes too. @default S for each */
  readonly attributes?: Readonly<Record<string, AttributeType>>;
  /** In place; a new one is filled in the background. @default none */
  readonly indexes?: readonly TableIndex[];
  /** Attribute with the second of the epoch after which an item may go. In place. @default items stay */
  readonly ttlAttribute?: string;
  /**
   * `eventual`: each region writes alone, about a second may be lost with one. `strong`: a write is in two of three
   * regions before it is answered, none is lost, and a lone region answers nothing. A change replaces the table.
   * @default eventual
   */
  readonly consistency?: "eventual" | "strong";
  /** Region that only votes, in the place of a third copy of a strong table. @default three copies */
  readonly witness?: CloudSite;
}

/**
 * Regions among which a strong table may stand (Amazon DynamoDB Developer Guide, "Multi-Region strong consistency").
 */
const strongSets = [
  ["us-east-1", "us-east-2", "us-west-2"],
  ["eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1"],
  ["ap-northeast-1", "ap-northeast-2", "ap-northeast-3"],
] as const;

interface Keys {
  readonly hashKey: string;
  readonly rangeKey?: string;
}

function keysOf({ hashKey, rangeKey }: TableArgs): Keys {
  if (hashKey === undefined) return { hashKey: "pk", rangeKey: rangeKey ?? "sk" };
  return { hashKey, ...(rangeKey === undefined ? {} : { rangeKey }) };
}

/** All mistakes in what is said of the table. */
export function tableMistakes(name: string, sites: readonly CloudSite[], table: TableArgs): readonly Mistake[] {
  const { indexes = [], attributes = {}, consistency, witness, ttlAttribute } = table;
  const idle = Object.keys(attributes).filter((attribute) => !keyNames(table).has(attribute));
  const twice = indexes.map((index) => index.name).filter((one, index, all) => all.indexOf(one) < index);
  const mistake = (message: string, fix: string) => argumentMistake("DPX233", name, message, fix);
  return [
    ...idle.map((one) =>
      mistake(
        `attributes names "${one}", which is no key of the table or of an index.`,
        "Remove it: other attributes are not declared.",
      ),
    ),
    ...twice.map((one) => mistake(`indexes names "${one}" twice.`, "Give each index a name of its own.")),
    ...(consistency === "strong" ? strongMistakes(name, sites, witness, ttlAttribute) : []),
    ...(witness !== undefined && consistency !== "strong"
      ? [mistake("witness is for a strong table only.", "Remove it, or write consistency: strong.")]
      : []),
  ];
}

function strongMistakes(
  name: string,
  sites: readonly CloudSite[],
  witness: CloudSite | undefined,
  ttlAttribute: string | undefined,
): readonly Mistake[] {
  const regions = [...sites, ...(witness ? [witness] : [])].map(({ region }) => region);
  const isSet = strongSets.some((set) => regions.every((region) => set.some((one) => one === region)));
  const mistake = (message: string, fix: string) => argumentMistake("DPX234", name, message, fix);
  return [
    ...(regions.length === 3
      ? []
      : [
          mistake(
            `A strong table stands in three regions, a witness included, but ${regions.length} are named.`,
            "Name three sites, or two and a witness.",
          ),
        ]),
    ...(isSet
      ? []
      : [
          mistake(
            `A strong table must stand in one set of regions, but is to stand in ${regions.join(", ")}.`,
            `The sets are: ${strongSets.map((set) => set.join(", ")).join("; ")}.`,
          ),
        ]),
    ...(ttlAttribute === undefined
      ? []
      : [mistake("A strong table takes no ttlAttribute.", "Remove it, or write consistency: eventual.")]),
  ];
}

function keyNames(table: TableArgs): ReadonlySet<string> {
  const all = [keysOf(table), ...(table.indexes ?? [])];
  return new Set(all.flatMap(({ hashKey, rangeKey }) => (rangeKey === undefined ? [hashKey] : [hashKey, rangeKey])));
}

export interface GlobalTableParts {
  readonly identity: ServiceIdentity;
  /** The first one is where the table is managed from; the copies do not need it to serve. */
  readonly sites: readonly CloudSite[];
  readonly table: TableArgs;
  readonly deletionProtection: boolean;
}

/** Creates the table. */
export function createGlobalTable(
  parent: pulumi.ComponentResource,
  name: string,
  parts: GlobalTableParts,
): dynamodb.Table {
  const { identity, sites, table, deletionProtection } = parts;
  const { attributes = {}, indexes = [], ttlAttribute, witness } = table;
  const [home, ...others] = sites;
  const strong = table.consistency === "strong" ? { consistencyMode: "STRONG" } : {};
  return new dynamodb.Table(
    name,
    {
      region: home?.region,
      name: physicalName(name, 255),
      billingMode: "PAY_PER_REQUEST",
      ...keysOf(table),
      attributes: [...keyNames(table)].sort().map((key) => ({ name: key, type: attributes[key] ?? "S" })),
      globalSecondaryIndexes: indexes.map((index) => ({ ...index, projectionType: "ALL" })),
      ...(ttlAttribute === undefined ? {} : { ttl: { enabled: true, attributeName: ttlAttribute } }),
      // Copies in other regions are fed from the stream.
      streamEnabled: true,
      streamViewType: "NEW_AND_OLD_IMAGES",
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true },
      deletionProtectionEnabled: deletionProtection,
      replicas: others.map(({ region }) => ({
        regionName: region,
        pointInTimeRecovery: true,
        propagateTags: true,
        deletionProtectionEnabled: deletionProtection,
        ...strong,
      })),
      ...(witness ? { globalTableWitness: { regionName: witness.region } } : {}),
      tags: awsTags(identity),
    },
    { parent },
  );
}

/** The table's ARN in one of its regions: it bears the same name in all. */
export function tableArnIn(table: dynamodb.Table, region: string): pulumi.Output<string> {
  return table.arn.apply((arn) => arn.replace(/^(arn:[^:]*:dynamodb:)[^:]*/, `$1${region}`));
}
