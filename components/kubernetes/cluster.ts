import * as iam from "@pulumi/aws/iam";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type Tier, labelKeys, tagKeys } from "../../model";
import { physicalName } from "../common/names";

export interface ClusterArgs {
  /** Context in the kubeconfig. In place; another cluster behind it replaces everything. */
  readonly context: string;
  /** Tiers whose services run here; each gets a priority class. @default none */
  readonly tiers?: readonly Tier[];
  /** True where placeholder pods hold room here. @default false */
  readonly placeholders?: boolean;
  /**
   * Issuer of the cluster's tokens, readable from the internet, which AWS is to trust. @default AWS knows none of its
   * pods
   */
  readonly oidcIssuer?: string;
}

/** Whom the tokens are for that AWS takes. */
export const tokenAudience = "sts.amazonaws.com";

/** Priority of a tier's pods: a critical one takes the place of a standard one when room is short. */
const priorities: Readonly<Record<Tier, number>> = { critical: 1_000_000, important: 500_000, standard: 100_000 };

/** Below every pod that says nothing (0): whoever needs the room gets it at once. */
const placeholderPriority = -10;

/** Whose pods a priority class is for. */
export type PriorityOf = Tier | "placeholder";

/**
 * A Kubernetes cluster that exists: the provider of what is made in it, and the priority classes of its pods.
 *
 * @param name of the site, or of the stretched cluster: part of every name, so that a new one replaces
 */
export class Cluster extends pulumi.ComponentResource {
  readonly provider: k8s.Provider;
  /** Names of the priority classes, by whose pods they are for. */
  readonly priorityClasses: Readonly<Partial<Record<PriorityOf, pulumi.Output<string>>>>;
  /** ARN of the provider by which AWS trusts the cluster's tokens. */
  readonly tokenProviderArn?: pulumi.Output<string>;

  constructor(name: string, args: ClusterArgs, options?: pulumi.ComponentResourceOptions) {
    const stated = { context: args.context };
    super("duplex:site:Cluster", name, stated, options);
    this.provider = new k8s.Provider(name, { context: args.context }, { parent: this });
    this.priorityClasses = createPriorityClasses(this, name, args, this.provider);
    if (args.oidcIssuer !== undefined) this.tokenProviderArn = trust(this, name, args.oidcIssuer);
    this.registerOutputs(stated);
  }
}

/** A pod then shows a token that its cluster has signed, and holds no key that could be stolen. */
function trust(parent: Cluster, name: string, url: string): pulumi.Output<string> {
  return new iam.OpenIdConnectProvider(
    name,
    { url, clientIdLists: [tokenAudience], tags: { [tagKeys.site]: name } },
    { parent },
  ).arn;
}

function createPriorityClasses(
  parent: Cluster,
  cluster: string,
  { tiers = [], placeholders = false }: ClusterArgs,
  provider: k8s.Provider,
) {
  const wanted = [
    ...[...new Set(tiers)].map((tier) => [tier, priorities[tier], `Services of tier ${tier}.`] as const),
    ...(placeholders ? [["placeholder", placeholderPriority, "Holds room; gives way to any other pod."] as const] : []),
  ];
  return Object.fromEntries(
    wanted.map(([of, value, description]) => [
      of,
      new k8s.scheduling.v1.PriorityClass(
        `${cluster}-${of}`,
        {
          metadata: { name: physicalName(of, 253), labels: { [labelKeys.site]: cluster } },
          value,
          description,
          globalDefault: false,
        },
        { parent, provider },
      ).metadata.name,
    ]),
  );
}
