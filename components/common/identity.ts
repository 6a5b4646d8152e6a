/** What a resource says of itself: the tags and labels by which it is recognised as part of a service. */
import { type Layer, type Money, type Objectives, type Replication, type Tier, labelKeys, tagKeys } from "../../model";

/** A service as its resources name it. */
export interface ServiceIdentity {
  /** Name of the service; names of resources derive from it, so a change replaces them. */
  readonly service: string;
  /** How strictly it is judged. */
  readonly tier: Tier;
  /** What it does for others. */
  readonly layer: Layer;
  /** Team that is called when it fails. @default nobody is named */
  readonly owner?: string;
  /** Address of the runbook for its loss. @default none is named */
  readonly runbook?: string;
  /** Host name of the page where its users are told of an outage. @default none is named */
  readonly statusPage?: string;
  /** Peak demand of the whole service, requests per second, more than 0. @default not said, as for a store */
  readonly peakRps?: number;
  /** Requests per second that one unit serves, more than 0. @default not said, as for a store */
  readonly unitRps?: number;
  /** What it promises after a loss. @default nothing is promised */
  readonly objectives?: Objectives;
  /** In the syntax of the tag: `login`, `a|b` any of, `?a` soft, `^a` startup. @default depends on nothing */
  readonly dependsOn?: readonly string[];
  /** Monthly users. @default not said */
  readonly users?: number;
  /** True where users pay. @default not said */
  readonly paid?: boolean;
  /** What an hour's outage costs. @default not said */
  readonly outageCostPerHour?: Money;
}

/** How a store's copies are kept alike, as a data component publishes it: plain values, for a state export to hold. */
export type PublishedReplication = Omit<Replication, "rpoSeconds"> & { readonly rpoSeconds: number };

type Words = Readonly<Record<string, string>>;
type Keys = Readonly<Record<keyof typeof tagKeys, string>>;

/** Tags for every AWS resource of a service in a site. */
export function awsTags(identity: ServiceIdentity, site?: string): Words {
  return {
    [tagKeys.service]: identity.service,
    [tagKeys.tier]: identity.tier,
    [tagKeys.layer]: identity.layer,
    ...(site === undefined ? {} : { [tagKeys.site]: site }),
    ...answering(identity, tagKeys),
  };
}

/** What stands beside services and serves none of their requests: judged by itself, as little as anything is. */
export function helperTags(service: string, layer: Layer, site?: string): Words {
  return awsTags({ service, tier: "standard", layer }, site);
}

/** Tags for the one resource that runs the units: demand, capacity and objectives beside the identity. */
export function awsUnitTags(identity: ServiceIdentity, site: string): Words {
  return awsWorkloadTags({ ...identity, dependsOn: [] }, site);
}

/**
 * The same with the dependencies. Only an autoscaling group takes them: other services of AWS refuse the characters of
 * `depends-on` in a tag.
 */
export function awsWorkloadTags(identity: ServiceIdentity, site: string): Words {
  return { ...awsTags(identity, site), ...workloadWords(identity, tagKeys) };
}

/** Labels of a Kubernetes object; only values that a label can hold. */
export function kubernetesLabels(identity: ServiceIdentity, site: string): Words {
  return {
    [labelKeys.service]: identity.service,
    [labelKeys.tier]: identity.tier,
    [labelKeys.layer]: identity.layer,
    [labelKeys.site]: site,
  };
}

/** Annotations of the workload: what a label cannot hold. */
export function kubernetesAnnotations(identity: ServiceIdentity): Words {
  return {
    ...answering(identity, labelKeys),
    ...workloadWords(identity, labelKeys),
  };
}

/**
 * What a service component publishes, for policies and exports to see. Components state such facts as their inputs and
 * as their outputs: a preview of what is not there yet holds no outputs of components (`backend/display/json.go` of the
 * engine), and what the stack was proven by would be missing in it.
 */
export function published(identity: ServiceIdentity): Record<string, unknown> {
  const { dependsOn = [], ...rest } = identity;
  return { ...rest, dependsOn };
}

/** Who answers for the service, by what, and where its users are told. */
function answering({ owner, runbook, statusPage }: ServiceIdentity, keys: Keys): Words {
  return {
    ...(owner === undefined ? {} : { [keys.owner]: owner }),
    ...(runbook === undefined ? {} : { [keys.runbook]: runbook }),
    ...(statusPage === undefined ? {} : { [keys.statusPage]: statusPage }),
  };
}

function workloadWords(identity: ServiceIdentity, keys: Keys): Words {
  const { peakRps, unitRps, objectives, dependsOn = [] } = identity;
  return {
    ...(peakRps === undefined ? {} : { [keys.peakRps]: String(peakRps) }),
    ...(unitRps === undefined ? {} : { [keys.unitRps]: String(unitRps) }),
    ...(objectives === undefined
      ? {}
      : {
          [keys.rtoSeconds]: String(objectives.rtoSeconds),
          [keys.rpoSeconds]: String(objectives.rpoSeconds),
          [keys.leastShare]: String(objectives.leastShare),
        }),
    ...(dependsOn.length === 0 ? {} : { [keys.dependsOn]: dependsOn.join(",") }),
  };
}
