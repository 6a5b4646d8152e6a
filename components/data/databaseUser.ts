/** The user that units sign in as, made in the database by a function: nobody else gets into its network. */
import * as iam from "@pulumi/aws/iam";
import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import type { CloudSite } from "../../model";
import { type ServiceIdentity, awsTags, helperTags } from "../common/identity";
import { physicalName } from "../common/names";
import { databaseUserSource } from "./databaseUserSource";

export interface DatabaseUserArgs {
  readonly identity: ServiceIdentity;
  /** Region of the writer. */
  readonly site: CloudSite;
  readonly clusterArn: pulumi.Output<string>;
  /** Secret of the database's owner. */
  readonly secretArn: pulumi.Output<string>;
  readonly databaseName: string;
  readonly user: string;
  /** What must run before the database answers. */
  readonly after: readonly pulumi.Resource[];
}

/** The function speaks to the database by the Data API of RDS, so that it needs no driver and stands in no network. */
export function createDatabaseUser(parent: pulumi.ComponentResource, name: string, args: DatabaseUserArgs): void {
  const { identity, site, clusterArn, secretArn, databaseName, user } = args;
  const full = `${name}-user`;
  const role = new iam.Role(
    full,
    {
      name: physicalName(full, 64),
      assumeRolePolicy: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
      },
      tags: awsTags(identity, site.name),
    },
    { parent },
  );
  const policy = new iam.RolePolicy(
    full,
    {
      name: physicalName(full, 128),
      role: role.id,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: ["rds-data:ExecuteStatement"], Resource: clusterArn },
          { Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: secretArn },
        ],
      }),
    },
    { parent },
  );
  const made = new lambda.Function(
    full,
    {
      region: site.region,
      tags: helperTags(`${identity.service}-user`, "tooling", site.name),
      name: physicalName(full, 64),
      role: role.arn,
      runtime: "nodejs22.x",
      handler: "index.handler",
      timeout: 60,
      code: new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset(databaseUserSource) }),
    },
    { parent, dependsOn: [policy] },
  );
  new lambda.Invocation(
    full,
    {
      region: site.region,
      functionName: made.name,
      input: pulumi.jsonStringify({ clusterArn, secretArn, databaseName, user }),
    },
    { parent, dependsOn: [...args.after] },
  );
}
