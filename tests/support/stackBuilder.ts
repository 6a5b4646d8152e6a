/**
 * Stacks for tests, as the engine would hold them: resources with URNs, edges and ids. In a preview (`{ preview: true }`)
 * what a cloud computes is unknown and only the edges tell what a property was made from.
 */
import { labelKeys, tagKeys, type Site, type TagName, type Urn } from "../../model";
import { UNKNOWN, type Properties, type Resource, type Value } from "../../inventory/resource";

const stackUrn = "urn:pulumi:test::duplex::pulumi:pulumi:Stack::duplex-test";

/** A value made from another resource: its output, with the edge that the engine would record. */
export interface Made {
  readonly from: Resource;
  readonly output: string;
}

/** Refers to an output of another resource. */
export function output(from: Resource, name = "id"): Made {
  return { from, output: name };
}

export type Given = Value | Made | readonly (Value | Made)[];
type Words = Readonly<Partial<Record<TagName, string | number>>>;

export interface AddOptions {
  readonly parent?: Resource;
  readonly provider?: Resource;
  readonly custom?: boolean;
  /** Outputs that a cloud computes: known after `up` only. */
  readonly computed?: Properties;
}

/** Our words as tags of AWS. */
export function tags(words: Words): Readonly<Record<string, string>> {
  return keyed(words, tagKeys);
}

/** Our words as labels of Kubernetes. */
export function labels(words: Words): Readonly<Record<string, string>> {
  return keyed(words, labelKeys);
}

function keyed(words: Words, keys: Readonly<Record<TagName, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(words).map(([name, value]) => [keys[name as TagName], String(value)]));
}

export class StackBuilder {
  readonly resources: Resource[] = [];
  readonly #preview: boolean;

  constructor({ preview = false }: { readonly preview?: boolean } = {}) {
    this.#preview = preview;
  }

  /** Any resource; `given` may hold values made from other resources, one level deep or in lists. */
  add(type: string, name: string, given: Readonly<Record<string, Given>> = {}, options: AddOptions = {}): Resource {
    const { parent, provider, custom = true, computed = {} } = options;
    const urn = this.#urn(type, name, parent);
    const made = Object.entries(given).map(([key, value]) => [key, this.#resolve(value)] as const);
    const resource: Resource = {
      urn,
      type,
      name,
      parent: parent?.urn ?? stackUrn,
      ...(provider === undefined ? {} : { provider: provider.urn }),
      custom,
      id: custom ? (this.#preview ? UNKNOWN : `${name}-id`) : undefined,
      properties: {
        ...(custom ? this.#computed({ id: `${name}-id`, ...computed }) : {}),
        ...Object.fromEntries(made.map(([key, { value }]) => [key, value])),
      },
      propertyDependencies: Object.fromEntries(
        made.filter(([, { urns }]) => urns.length > 0).map(([key, { urns }]) => [key, urns]),
      ),
      dependencies: [...new Set(made.flatMap(([, { urns }]) => urns))],
    };
    this.resources.push(resource);
    return resource;
  }

  /** A component and what it publishes. */
  component(type: string, name: string, published: Properties = {}, parent?: Resource): Resource {
    return this.add(type, name, published, { custom: false, ...(parent === undefined ? {} : { parent }) });
  }

  /** A Site component; for a facility, pass it as the parent of its cluster. */
  site(site: Site): Resource {
    return this.component("duplex:site:Site", site.name, { site: plain(site) });
  }

  awsProvider(name: string, region: string): Resource {
    return this.add("pulumi:providers:aws", name, { region });
  }

  /** One private subnet in each of these zones. */
  subnets(name: string, region: string, zoneIds: readonly string[]): readonly Resource[] {
    return zoneIds.map((availabilityZoneId) =>
      this.add("aws:ec2/subnet:Subnet", `${name}-${availabilityZoneId}`, { region, availabilityZoneId }),
    );
  }

  /** An autoscaling group at `units`, over these subnets. */
  autoscalingGroup(
    name: string,
    region: string,
    subnets: readonly Resource[],
    units: number,
    words: Words = {},
    given: Readonly<Record<string, Given>> = {},
  ): Resource {
    return this.add("aws:autoscaling/group:Group", name, {
      region,
      vpcZoneIdentifiers: subnets.map((subnet) => output(subnet)),
      desiredCapacity: units,
      minSize: units,
      maxSize: units * 2,
      tags: Object.entries(tags(words)).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
      ...given,
    });
  }

  /** A load balancer over these subnets, its listener and its target group. */
  loadBalancer(
    name: string,
    region: string,
    subnets: readonly Resource[],
    words: Words = {},
  ): { readonly balancer: Resource; readonly targets: Resource; readonly listener: Resource } {
    const common = { region, tags: tags(words) };
    const balancer = this.add(
      "aws:lb/loadBalancer:LoadBalancer",
      name,
      { ...common, subnets: subnets.map((subnet) => output(subnet)) },
      { computed: { arn: `arn:aws:elb:${region}:1:${name}`, dnsName: `${name}.elb.example` } },
    );
    const targets = this.add(
      "aws:lb/targetGroup:TargetGroup",
      name,
      { ...common, protocol: "HTTP", healthCheck: { path: "/healthz/deep", interval: 10, unhealthyThreshold: 2 } },
      { computed: { arn: `arn:aws:elb:${region}:1:${name}-targets` } },
    );
    const listener = this.add("aws:lb/listener:Listener", name, {
      region,
      loadBalancerArn: output(balancer, "arn"),
      defaultActions: [{ type: "forward", targetGroupArn: this.#value(output(targets, "arn")) }],
    });
    this.#edge(listener, "defaultActions", targets);
    return { balancer, targets, listener };
  }

  /** A cluster of Kubernetes by its context; with a Site as parent it stands there. */
  cluster(context: string, parent?: Resource): Resource {
    return this.add("pulumi:providers:kubernetes", context, { context }, parent === undefined ? {} : { parent });
  }

  /** A Deployment of `units` pods with a selector on its own name. */
  deployment(
    cluster: Resource,
    name: string,
    units: number | undefined,
    words: Words = {},
    podSpec: Readonly<Record<string, Value>> = {},
    namespace = name,
  ): Resource {
    const own = { app: name };
    return this.add(
      "kubernetes:apps/v1:Deployment",
      `${name}-${cluster.name}`,
      {
        metadata: { name, namespace, labels: own, annotations: labels(words) },
        spec: {
          ...(units === undefined ? {} : { replicas: units }),
          selector: { matchLabels: own },
          template: { metadata: { labels: own, annotations: labels(words) }, spec: podSpec },
        },
      },
      { provider: cluster },
    );
  }

  /** A Service of type LoadBalancer that picks the pods of a Deployment of this name. */
  kubernetesService(cluster: Resource, name: string, address: string, namespace = name): Resource {
    return this.add(
      "kubernetes:core/v1:Service",
      `${name}-${cluster.name}-service`,
      { metadata: { name, namespace }, spec: { type: "LoadBalancer", selector: { app: name } } },
      { provider: cluster, computed: { status: { loadBalancer: { ingress: [{ ip: address }] } } } },
    );
  }

  #resolve(given: Given): { readonly value: Value; readonly urns: readonly Urn[] } {
    if (isMade(given)) return { value: this.#value(given), urns: [given.from.urn] };
    if (!Array.isArray(given)) return { value: given as Value, urns: [] };
    const members = (given as readonly (Value | Made)[]).map((member) => this.#resolve(member));
    return {
      value: members.map((member): Value => member.value),
      urns: [...new Set(members.flatMap((member) => member.urns))],
    };
  }

  #value({ from, output: name }: Made): Value {
    return this.#preview ? UNKNOWN : from.properties[name];
  }

  #computed(outputs: Properties): Properties {
    return this.#preview
      ? Object.fromEntries(Object.keys(outputs).map((key): [string, Value] => [key, UNKNOWN]))
      : outputs;
  }

  #edge(resource: Resource, property: string, target: Resource): void {
    const at = this.resources.indexOf(resource);
    const dependencies = { ...resource.propertyDependencies, [property]: [target.urn] };
    this.resources[at] = { ...resource, propertyDependencies: dependencies };
  }

  #urn(type: string, name: string, parent: Resource | undefined): Urn {
    const chain = parent === undefined ? type : `${parent.urn.split("::")[2] ?? ""}$${type}`;
    return `urn:pulumi:test::duplex::${chain}::${name}`;
  }
}

function isMade(given: Given): given is Made {
  return typeof given === "object" && given !== null && "from" in given && "output" in given;
}

/** A record as JSON carries it. */
function plain(site: Site): Value {
  return JSON.parse(JSON.stringify(site)) as Value;
}
