/**
 * What units may do on AWS: pull their image, write their output, read their secrets, be looked into, and what was
 * granted.
 */
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { awsTags } from "../common/identity";
import { physicalName } from "../common/names";
import type { Grant, Settled } from "./args";

type Parent = pulumi.ComponentResource;

interface Statement {
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: pulumi.Input<string> | readonly pulumi.Input<string>[];
}

const longestRoleName = 64;
const longestPolicyName = 128;

/** A role that a service of AWS takes on, with one policy of its own for each purpose. */
export class UnitRole {
  readonly role: iam.Role;
  readonly #parent: Parent;
  readonly #name: string;
  readonly #policies: iam.RolePolicy[] = [];

  constructor(parent: Parent, name: string, { identity, site }: Pick<Settled, "identity" | "site">, taker: string) {
    this.#parent = parent;
    this.#name = name;
    this.role = new iam.Role(
      name,
      {
        name: physicalName(name, longestRoleName),
        assumeRolePolicy: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: taker } }],
        },
        tags: awsTags(identity, site.name),
      },
      { parent },
    );
  }

  /** What a start must wait for: a unit that starts before its rights fails. */
  get policies(): readonly pulumi.Resource[] {
    return this.#policies;
  }

  allow(part: string, statements: readonly Statement[]): void {
    if (statements.length === 0) return;
    this.#policies.push(
      new iam.RolePolicy(
        `${this.#name}-${part}`,
        {
          name: physicalName(`${this.#name}-${part}`, longestPolicyName),
          role: this.role.id,
          policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements }),
        },
        { parent: this.#parent },
      ),
    );
  }

  grant(grants: readonly Grant[]): void {
    for (const { name, actions, resources } of grants) {
      this.allow(name, [{ Effect: "Allow", Action: actions, Resource: resources }]);
    }
  }

  /** One of the policies that AWS keeps. */
  attach(part: string, policy: string): void {
    const policyArn = `arn:aws:iam::aws:policy/${policy}`;
    new iam.RolePolicyAttachment(
      `${this.#name}-${part}`,
      { role: this.role.name, policyArn },
      { parent: this.#parent },
    );
  }
}

/** Pulling an image of ECR: a token for the registry, and the layers of that one repository. */
export function pullStatements(image: pulumi.Input<string>): readonly Statement[] {
  const repository = pulumi.output(image).apply((reference) => repositoryArn(reference) ?? nothing);
  return [
    { Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: "*" },
    {
      Effect: "Allow",
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: repository,
    },
  ];
}

/** A repository that does not exist: what stands for the rights of an image that ECR does not hold. */
const nothing = "arn:aws:ecr:us-east-1:000000000000:repository/none";

/** The repository of an image in ECR; undefined for another registry's. */
function repositoryArn(image: string): string | undefined {
  const [, account, region, repository] = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.[^/]+\/([^:@]+)/.exec(image) ?? [];
  return repository === undefined ? undefined : `arn:aws:ecr:${region}:${account}:repository/${repository}`;
}

export function logStatements(groupArn: pulumi.Input<string>): readonly Statement[] {
  const streams = pulumi.interpolate`${groupArn}:*`;
  return [{ Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: streams }];
}

export function secretStatements(secrets: Readonly<Record<string, pulumi.Input<string>>> = {}): readonly Statement[] {
  const arns = Object.values(secrets);
  return arns.length === 0 ? [] : [{ Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: arns }];
}

/** A shell by Session Manager, which needs no port and leaves a trail (Amazon ECS Developer Guide, "ECS Exec"). */
export const shellStatements: readonly Statement[] = [
  {
    Effect: "Allow",
    Action: [
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ],
    Resource: "*",
  },
];
