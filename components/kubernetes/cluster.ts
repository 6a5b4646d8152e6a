/** A Kubernetes cluster as the components see it: the provider of its objects, and the priority classes in it. */
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { type Tier, labelKeys } from "../../model";

export interface ClusterArgs {
  /** Context in the kubeconfig. In place; another cluster behind it replaces everything. */
  readonly context: string;
  /** Tiers whose services run here; each gets a priority class. */
  readonly tiers: readonly Tier[];
  /** True where placeholder pods hold room here. */
  readonly placeholders: boolean;
}

/** Priority of a tier's pods: a critical one takes the place of a standard one when room is short. */
const priorities: Readonly<Record<Tier, number>> = { critical: 1_000_000, important: 500_000, standard: 100_000 };

/** Below every pod that says nothing (0): whoever needs the room gets it at once. */
const placeholderPriority = -10;

export class Cluster {
  readonly provider: k8s.Provider;
  readonly #priorityClasses: ReadonlyMap<string, k8s.scheduling.v1.PriorityClass>;

  /**
   * @param parent component that owns the cluster's objects
   * @param name of the site, or of the stretched cluster: part of every name, so that a new one replaces
   */
  constructor(
    parent: pulumi.Resource,
    readonly name: string,
    args: ClusterArgs,
  ) {
    this.provider = new k8s.Provider(name, { context: args.context }, { parent });
    this.#priorityClasses = createPriorityClasses(parent, this.provider, name, args);
  }

  /** The priority class of a tier's pods, or of placeholders. */
  priorityClass(of: Tier | "placeholder"): pulumi.Output<string> {
    const made = this.#priorityClasses.get(of);
    if (!made) throw new Error(`Cluster ${this.name} was created without a priority class for ${of}.`);
    return made.metadata.name;
  }
}

function createPriorityClasses(
  parent: pulumi.Resource,
  provider: k8s.Provider,
  cluster: string,
  { tiers, placeholders }: ClusterArgs,
) {
  const wanted = [
    ...[...new Set(tiers)].map((tier) => [tier, priorities[tier], `Services of tier ${tier}.`] as const),
    ...(placeholders ? [["placeholder", placeholderPriority, "Holds room; gives way to any other pod."] as const] : []),
  ];
  return new Map(
    wanted.map(([of, value, description]) => [
      of,
      new k8s.scheduling.v1.PriorityClass(
        `${cluster}-${of}`,
        {
          metadata: { name: `duplex-${of}`, labels: { [labelKeys.site]: cluster } },
          value,
          description,
          globalDefault: false,
        },
        { parent, provider },
      ),
    ]),
  );
}
