import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type Mistake, componentTypes } from "../../model";
import { kubernetesAnnotations, kubernetesLabels, published } from "../common/identity";
import { argumentMistake, outsideRange, refuseIfAny } from "../common/refuse";
import { type KubernetesServiceArgs, defaultEntrance } from "./args";
import { createClusterEntrance } from "./gateway";
import { namespaceOf } from "./namespace";
import { createPolicies } from "./networkPolicies";
import { defaultPodPort, podSpec } from "./podTemplate";

/** Port of the service inside of the cluster, whatever its pods listen on. */
const clusterPort = 80;

/**
 * A service in one facility's cluster.
 *
 * The pods spread over the cluster's rooms (zone labels) by a hard rule and over power zones and hosts by soft ones:
 * the loss of a room must not take more than its part, but a pod that finds no other host than a used one is still
 * better than none. In a stretched cluster the hard rule is over its buildings, and the one over rooms is soft. No
 * anti-affinity is required: there are more pods than hosts, and the surplus would never be scheduled.
 *
 * Cost: the pods' processors and memory day and night, and for a public service an address.
 */
export class KubernetesService extends pulumi.ComponentResource {
  readonly namespace: pulumi.Output<string>;
  /** Address that the facility announces for the service; undefined for what is not public. */
  readonly address?: pulumi.Output<string>;

  constructor(name: string, args: KubernetesServiceArgs, options?: pulumi.ComponentResourceOptions) {
    refuseIfAny(kubernetesServiceMistakes(name, args));
    const stated = {
      ...published(args.identity),
      sites: (args.over ?? [args.site]).map(({ name }) => name),
      units: args.units,
    };
    super(componentTypes.kubernetesService, name, stated, options);

    const create = creator(this, name, args);
    this.namespace = create.namespace();
    create.deployment(this.namespace, create.account(this.namespace));
    create.disruptionBudget(this.namespace);
    create.policies(this.namespace);
    if (args.kind !== "worker") {
      const service = create.service(this.namespace);
      if (args.kind !== "internal") this.address = create.entrance(this.namespace, service.metadata.name);
    }
    this.registerOutputs(stated);
  }
}

export type CheckedPodArgs = Pick<KubernetesServiceArgs, "units" | "port" | "kind" | "hosts" | "calls" | "reaches">;

/** All mistakes in the arguments. */
export function kubernetesServiceMistakes(name: string, args: CheckedPodArgs): Mistake[] {
  const { kind = "public", hosts = [], calls = [], reaches = [] } = args;
  return [
    ...outsideRange("DPX206", name, "units", args.units, 1, 5000),
    ...outsideRange("DPX204", name, "port", args.port ?? defaultPodPort, 1, 65_535),
    ...[...calls, ...reaches].flatMap((call) =>
      outsideRange("DPX204", name, `${call.name}.port`, call.port, 1, 65_535),
    ),
    ...(kind !== "public" || hosts.length > 0
      ? []
      : [
          argumentMistake(
            "DPX230",
            name,
            "hosts must name a public service, but is empty.",
            "Give its host name, or another kind.",
          ),
        ]),
  ];
}

function creator(parent: KubernetesService, name: string, args: KubernetesServiceArgs) {
  const {
    identity,
    site,
    entrance = defaultEntrance,
    kind = "public",
    port = defaultPodPort,
    protocol = "http",
  } = args;
  const options = { parent };
  const labels = kubernetesLabels(identity, site.name);
  const annotations = kubernetesAnnotations(identity);
  const selector = { "app.kubernetes.io/name": identity.service };
  const metadata = (namespace: pulumi.Input<string>) => ({
    name: identity.service,
    namespace,
    labels: { ...labels, ...selector },
  });

  return {
    namespace: () =>
      new k8s.core.v1.Namespace(name, { metadata: { name: namespaceOf(identity.service), labels } }, options).metadata
        .name,
    account: (namespace: pulumi.Output<string>) => {
      const account = { metadata: metadata(namespace), automountServiceAccountToken: false };
      new k8s.core.v1.ServiceAccount(name, account, options);
      return identity.service;
    },
    deployment: (namespace: pulumi.Output<string>, account: string) =>
      createDeployment(parent, name, args, { metadata: metadata(namespace), labels, selector, account }),
    disruptionBudget: (namespace: pulumi.Output<string>) =>
      new k8s.policy.v1.PodDisruptionBudget(
        name,
        // A share, rounded up to at least one pod by Kubernetes: a drain can always go on.
        { metadata: metadata(namespace), spec: { maxUnavailable: "10%", selector: { matchLabels: selector } } },
        options,
      ),
    policies: (namespace: pulumi.Output<string>) =>
      createPolicies(parent, name, {
        metadata: { namespace, labels },
        selector,
        port,
        from: kind === "worker" ? [] : [...(kind === "public" ? [entrance.namespace] : []), ...(args.callers ?? [])],
        calls: args.calls ?? [],
        reaches: args.reaches ?? [],
      }),
    service: (namespace: pulumi.Output<string>) => {
      const plain = { name: "http", port: clusterPort, targetPort: "http" };
      const ports = [protocol === "grpc" ? { ...plain, appProtocol: "kubernetes.io/h2c" } : plain];
      return new k8s.core.v1.Service(
        name,
        { metadata: metadata(namespace), spec: { type: "ClusterIP", selector, ports } },
        options,
      );
    },
    entrance: (namespace: pulumi.Output<string>, service: pulumi.Output<string>) =>
      createClusterEntrance(parent, name, {
        entrance,
        hosts: args.hosts ?? [],
        protocol,
        metadata: metadata(namespace),
        annotations,
        service,
        port: clusterPort,
      }),
  };
}

interface DeploymentParts {
  readonly metadata: { name: string; namespace: pulumi.Input<string>; labels: Record<string, string> };
  readonly labels: Record<string, string>;
  readonly selector: Record<string, string>;
  /** Account that the pods run as. */
  readonly account: string;
}

function createDeployment(
  parent: KubernetesService,
  name: string,
  args: KubernetesServiceArgs,
  { metadata, labels, selector, account }: DeploymentParts,
): k8s.apps.v1.Deployment {
  const annotations = kubernetesAnnotations(args.identity);
  return new k8s.apps.v1.Deployment(
    name,
    {
      metadata: { ...metadata, annotations },
      spec: {
        replicas: args.units,
        selector: { matchLabels: selector },
        // New pods first: an update never takes a site below what was planned for it.
        strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: "10%" } },
        template: {
          metadata: { labels: { ...labels, ...selector }, annotations },
          spec: podSpec(args, selector, account),
        },
      },
    },
    { parent },
  );
}
