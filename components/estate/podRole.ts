/**
 * The role that a service's pods take on in facilities: AWS trusts their clusters' tokens, and holds no key of theirs.
 */
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { type ServiceIdentity, awsTags } from "../common/identity";
import { physicalName } from "../common/names";
import { tokenAudience } from "../kubernetes/cluster";
import { namespaceOf } from "../kubernetes/namespace";
import type { Grant } from "../service/args";

export interface PodRoleArgs {
  readonly identity: ServiceIdentity;
  /** Providers by which AWS trusts the tokens of the clusters. */
  readonly tokenProviderArns: readonly pulumi.Input<string>[];
  readonly grants: readonly Grant[];
}

export function createPodRole(
  parent: pulumi.ComponentResource,
  name: string,
  args: PodRoleArgs,
): pulumi.Output<string> {
  const { identity, tokenProviderArns, grants } = args;
  const subject = `system:serviceaccount:${namespaceOf(identity.service)}:${identity.service}`;
  const trust = tokenProviderArns.map((arn) => {
    const issuer = pulumi.output(arn).apply((text) => text.split(":oidc-provider/")[1] ?? "");
    return {
      Effect: "Allow",
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: arn },
      Condition: {
        StringEquals: issuer.apply((host) => ({ [`${host}:sub`]: subject, [`${host}:aud`]: tokenAudience })),
      },
    };
  });
  const role = new iam.Role(
    name,
    {
      name: physicalName(name, 64),
      assumeRolePolicy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: trust }),
      tags: awsTags(identity),
    },
    { parent },
  );
  for (const grant of grants) {
    new iam.RolePolicy(
      `${name}-${grant.name}`,
      {
        name: physicalName(`${name}-${grant.name}`, 128),
        role: role.id,
        policy: pulumi.jsonStringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: grant.actions, Resource: grant.resources }],
        }),
      },
      { parent },
    );
  }
  return role.arn;
}
