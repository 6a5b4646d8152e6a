import type * as dynamodb from "@pulumi/aws/dynamodb";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { type ServiceIdentity, awsTags } from "../common/identity";

/**
 * The role of a service's instances in every region, and its profile: no permission but to read and write the service's own
 * table. IAM is global, so that one role serves all regions.
 */
export function createServiceRole(
  parent: pulumi.ComponentResource,
  name: string,
  identity: ServiceIdentity,
  table: dynamodb.Table | undefined,
): iam.InstanceProfile {
  const tags = awsTags(identity);
  const role = new iam.Role(
    name,
    {
      assumeRolePolicy: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
      },
      tags,
    },
    { parent },
  );
  if (table) {
    const actions = ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"];
    new iam.RolePolicy(
      name,
      {
        role: role.id,
        policy: {
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Action: actions.map((action) => `dynamodb:${action}`),
              // The table has one name in every region, and the role must reach all of its copies.
              Resource: pulumi.interpolate`arn:aws:dynamodb:*:*:table/${table.name}`,
            },
          ],
        },
      },
      { parent },
    );
  }
  return new iam.InstanceProfile(name, { role: role.name, tags }, { parent });
}
