import * as dynamodb from "@pulumi/aws/dynamodb";
import type * as pulumi from "@pulumi/pulumi";
import type { CloudSite } from "../../model";
import { type ServiceIdentity, awsTags } from "../common/identity";

/**
 * A DynamoDB global table: a copy in every region, all of which take writes. The first region is where the table is managed
 * from; the copies do not need it to serve.
 */
export function createGlobalTable(
  parent: pulumi.ComponentResource,
  name: string,
  identity: ServiceIdentity,
  sites: readonly CloudSite[],
  deletionProtection: boolean,
): dynamodb.Table {
  const [home, ...others] = sites;
  return new dynamodb.Table(
    name,
    {
      region: home?.region,
      billingMode: "PAY_PER_REQUEST",
      hashKey: "pk",
      rangeKey: "sk",
      attributes: [
        { name: "pk", type: "S" },
        { name: "sk", type: "S" },
      ],
      // Copies in other regions, and followers, are fed from the stream.
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
      })),
      tags: awsTags(identity),
    },
    { parent },
  );
}
