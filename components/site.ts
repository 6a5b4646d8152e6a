import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type Site as SiteRecord, type Tier, componentTypes, labelKeys } from "../model";
import { SiteNetwork } from "./siteNetwork";

export interface SiteArgs {
  /** The site's record in the catalogue. Its name is part of the names of everything in it: a new name replaces them. */
  readonly site: SiteRecord;
  /** True where services or databases stand in this cloud site and need a network. @default false; a facility has its own */
  readonly network?: boolean;
  /** Tiers whose services run in this facility; each gets a priority class. @default none */
  readonly tiers?: readonly Tier[];
  /** True where placeholder pods hold room in this facility. @default false */
  readonly placeholders?: boolean;
}

/** Priority of a tier's pods: a critical one takes the place of a standard one when room is short. */
const priorities: Readonly<Record<Tier, number>> = { critical: 1_000_000, important: 500_000, standard: 100_000 };

/** Below every pod that says nothing (0): whoever needs the room gets it at once. */
const placeholderPriority = -10;

/**
 * A place in which replicas stand: a facility with its Kubernetes cluster, or a region of a cloud with its network. It
 * publishes its record, from which the inventory knows its failure domains.
 */
export class Site extends pulumi.ComponentResource {
  readonly record: SiteRecord;
  /** Provider of the facility's cluster; undefined for a cloud site. */
  readonly provider?: k8s.Provider;
  /** Network of the cloud site; undefined for a facility, or where nothing needs one. */
  readonly network?: SiteNetwork;
  private readonly priorityClasses: ReadonlyMap<string, k8s.scheduling.v1.PriorityClass>;

  constructor(args: SiteArgs, options?: pulumi.ComponentResourceOptions) {
    const { site } = args;
    super(componentTypes.site, site.name, {}, options);
    this.record = site;
    if (site.kind === "cloud") {
      this.priorityClasses = new Map();
      if (args.network) this.network = new SiteNetwork(site.name, { site }, { parent: this });
    } else {
      this.provider = new k8s.Provider(site.name, { context: site.clusterContext }, { parent: this });
      this.priorityClasses = createPriorityClasses(this, this.provider, args);
    }
    this.registerOutputs({ site });
  }

  /** The priority class of a tier's pods, or of placeholders. */
  priorityClass(of: Tier | "placeholder"): pulumi.Output<string> {
    const made = this.priorityClasses.get(of);
    if (!made) throw new Error(`Site ${this.record.name} was created without a priority class for ${of}.`);
    return made.metadata.name;
  }
}

function createPriorityClasses(parent: Site, provider: k8s.Provider, { site, tiers = [], placeholders }: SiteArgs) {
  const wanted = [
    ...[...new Set(tiers)].map((tier) => [tier, priorities[tier], `Services of tier ${tier}.`] as const),
    ...(placeholders ? [["placeholder", placeholderPriority, "Holds room; gives way to any other pod."] as const] : []),
  ];
  return new Map(
    wanted.map(([of, value, description]) => [
      of,
      new k8s.scheduling.v1.PriorityClass(
        `${site.name}-${of}`,
        {
          metadata: { name: `duplex-${of}`, labels: { [labelKeys.site]: site.name } },
          value,
          description,
          globalDefault: false,
        },
        { parent, provider },
      ),
    ]),
  );
}
