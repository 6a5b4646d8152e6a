/** What the readers have found so far, before it is known which of it is one service. */
import type {
  Backup,
  DependencyStrength,
  DomainId,
  Fact,
  HealthCheck,
  Known,
  Layer,
  NotJudged,
  Quorum,
  Replica,
  Replication,
  Route,
  Urn,
} from "../model";
import { passageOf, tightest, type Gate } from "./gate";
import type { Resource } from "./resource";
import { addTo } from "../lib/lists";

/**
 * What makes two placed resources replicas of each other: `service`, that they say so or are the same workload in two
 * clusters; `companion`, that each site uses its own (keys, queues, caches); `copy`, only that one is copied to the
 * other.
 */
export type Sharing = "service" | "companion" | "copy";

/** A resource that stands somewhere, with its replicas. */
export interface Unit {
  readonly resource: Resource;
  readonly layer: Layer;
  readonly sharing: Sharing;
  /** Within one scope (a cluster, a region) two workloads of different names are not replicas of each other. */
  readonly scope: string;
  /** Name by which the same workload is known in every scope. */
  readonly workload: string;
  readonly replicas: readonly Replica[];
  readonly quorum?: Quorum;
}

/** An edge from one resource to another of which the services are not known yet. */
export interface Edge {
  readonly from: Urn;
  readonly to: Urn;
  readonly strength: DependencyStrength;
  readonly property: string;
}

/** An answer of a name, before it is known which replicas stand behind it. */
export interface Answer {
  readonly urn: Urn;
  /** Resources that the answer leads to. */
  readonly leadsTo: readonly Urn[];
  readonly share: Known<number>;
  readonly lastResort: boolean;
  readonly healthCheck?: HealthCheck;
  /** Why the check that it names is none. */
  readonly blind?: string;
  /**
   * True where a switch keeps clients away from it, whatever else fails. Not so for a last resort, whose switch is off
   * by design until a hand turns it on. @default false
   */
  readonly drained?: boolean;
  /** What stands before a resource that it leads to. @default nothing: clients get there */
  readonly gates?: ReadonlyMap<Urn, Gate>;
}

/** One step of the way in. */
export interface Hop {
  readonly to: Urn;
  /** @default it is open */
  readonly gate?: Gate;
}

export interface DraftRoute extends Omit<Route, "targets"> {
  readonly answers: readonly Answer[];
  /** What clients get for whom none of its answers is. @default there are none such */
  readonly gap?: Gate;
}

/** A load balancer and the zones that it stands in. */
export interface Front {
  readonly resource: Resource;
  readonly zones: Known<readonly DomainId[]>;
}

/** A service outside of the stack: a vendor. */
export interface Vendor {
  readonly service: string;
  readonly domain: DomainId;
  readonly urn: Urn;
  /** What it is used for, as the estate says, such as `log in`. @default nobody says it */
  readonly purpose?: string;
}

export class Draft {
  readonly units: Unit[] = [];
  readonly fronts: Front[] = [];
  readonly edges: Edge[] = [];
  /** Dependencies on any one of several resources or vendors. */
  readonly choices: {
    readonly from: Urn;
    readonly anyOf: readonly string[];
    readonly strength: DependencyStrength;
    readonly property: string;
  }[] = [];
  readonly copies: { readonly from: Urn; readonly to: Urn }[] = [];
  /** Stores that say they follow their service's own store, without a resource that joins the two. */
  readonly followers: Urn[] = [];
  readonly replications = new Map<Urn, Replication>();
  readonly traffic = new Map<Urn, Hop[]>();
  /** What stands before a resource, wherever requests come from. */
  readonly guards = new Map<Urn, Gate>();
  /** Where requests arrive and go no further, and why. */
  readonly deadEnds = new Map<Urn, Gate>();
  /** How a forwarder (a load balancer, a target group) notices that what is behind it is dead. */
  readonly checks = new Map<Urn, HealthCheck>();
  readonly routes: DraftRoute[] = [];
  readonly backups: { readonly of: Urn; readonly backup: Backup }[] = [];
  readonly facts: { readonly fact: Fact; readonly about: Urn }[] = [];
  readonly attached: Resource[] = [];
  readonly vendors: Vendor[] = [];
  readonly notJudged: NotJudged[] = [];

  place(unit: Unit): void {
    this.units.push(unit);
  }

  /** One resource needs another; becomes a dependency where the two belong to different services. */
  depend(from: Urn, to: Urn, strength: DependencyStrength, property: string): void {
    if (from !== to) this.edges.push({ from, to, strength, property });
  }

  /**
   * What arrives at one resource goes on to another. Forwarded twice, the better way counts.
   *
   * @param gate whether it gets there; left out, it does
   */
  forward(from: Urn, to: Urn, gate?: Gate): void {
    addTo(this.traffic, from, passageOf(gate) === "open" || gate === undefined ? { to } : { to, gate });
  }

  /** Whether what arrives at a resource gets in, whichever way it comes; of several gates the tightest decides. */
  guard(at: Urn, gate: Gate | undefined): void {
    const found = tightest([this.guards.get(at), gate]);
    if (found !== undefined) this.guards.set(at, found);
  }

  /** What arrives at a resource is answered there with an error, or by nobody at all, unless it is forwarded. */
  endAt(at: Urn, gate: Gate): void {
    this.deadEnds.set(at, gate);
  }

  /** One store is copied to another: they are replicas of one service. */
  copy(from: Urn, to: Urn): void {
    this.copies.push({ from, to });
  }

  /** A statement about one mechanism, and the resource whose service it is about. */
  state(fact: Fact, about: Urn = fact.urn): void {
    this.facts.push({ fact, about });
  }

  /** The resource belongs to the service that it names, without being a replica of it. */
  attach(resource: Resource): void {
    this.attached.push(resource);
  }

  skip(resource: Resource, reason: string): void {
    this.notJudged.push({ urn: resource.urn, type: resource.type, reason });
  }
}
