import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type FacilitySite, type Mistake, componentTypes, topologyKeys } from "../../model";
import { type ServiceIdentity, kubernetesAnnotations, kubernetesLabels, published } from "../common/identity";
import { evictionTolerations, placeSpread, spread, withOptions } from "./podDefaults";
import { outsideRange, refuseIfAny } from "../common/refuse";

export interface KubernetesServiceArgs {
  /** The service that runs here. */
  readonly identity: ServiceIdentity;
  /** The facility in whose cluster it runs. */
  readonly site: FacilitySite;
  /** Facilities that a stretched cluster spans; `site` then bears its name. @default the site alone */
  readonly over?: readonly FacilitySite[];
  /** Provider of that cluster; every object is made there. */
  readonly provider: k8s.Provider;
  /** Pods to run, reserve included, 1 to 5000. They run always: a loss elsewhere must find them running. In place. */
  readonly units: number;
  /** Container image; its registry must not be one that is lost with another site. A change rolls the pods. */
  readonly image: string;
  /** Priority class of the pods. @default the cluster's default, so that a standard service may take a critical one's room */
  readonly priorityClass?: pulumi.Input<string>;
  /** Port that the pods listen on, 1 to 65535. @default 8080 */
  readonly port?: number;
  /** Processor of one pod, requested and limited. A change rolls the pods. @default 2 cores */
  readonly cpu?: string;
  /** Memory of one pod, requested and limited. A change rolls the pods. @default 4Gi */
  readonly memory?: string;
}

/**
 * A service in one facility's cluster.
 *
 * The pods spread over the cluster's rooms (zone labels) by a hard rule and over power zones and hosts by soft ones: the loss
 * of a room must not take more than its part, but a pod that finds no other host than a used one is still better than none.
 * In a stretched cluster the hard rule is over its buildings, and the one over rooms is soft.
 * No anti-affinity is required: there are more pods than hosts, and the surplus would never be scheduled.
 */
export class KubernetesService extends pulumi.ComponentResource {
  readonly namespace: pulumi.Output<string>;
  /** Address that the facility announces for the service. */
  readonly address: pulumi.Output<string>;

  constructor(name: string, args: KubernetesServiceArgs, options?: pulumi.ComponentResourceOptions) {
    refuseIfAny(kubernetesServiceMistakes(name, args));
    super(componentTypes.kubernetesService, name, {}, options);

    const create = creator(this, name, args);
    this.namespace = create.namespace();
    create.deployment(this.namespace);
    create.disruptionBudget(this.namespace);
    this.address = addressOf(create.service(this.namespace), name);
    this.registerOutputs({
      ...published(args.identity),
      sites: (args.over ?? [args.site]).map(({ name }) => name),
      units: args.units,
    });
  }
}

/** All mistakes in the arguments. */
export function kubernetesServiceMistakes(
  name: string,
  args: Pick<KubernetesServiceArgs, "units" | "port">,
): Mistake[] {
  return [
    ...outsideRange("DPX206", name, "units", args.units, 1, 5000),
    ...outsideRange("DPX204", name, "port", args.port ?? 8080, 1, 65_535),
  ];
}

function creator(parent: KubernetesService, name: string, args: KubernetesServiceArgs) {
  const { identity, site, provider } = args;
  const options = { parent, provider };
  const labels = kubernetesLabels(identity, site.name);
  const selector = { "app.kubernetes.io/name": identity.service };
  const metadata = (namespace: pulumi.Input<string>) => ({
    name: identity.service,
    namespace,
    labels: { ...labels, ...selector },
  });

  return {
    namespace: () =>
      new k8s.core.v1.Namespace(name, { metadata: { name: identity.service, labels } }, options).metadata.name,
    deployment: (namespace: pulumi.Output<string>) =>
      new k8s.apps.v1.Deployment(
        name,
        {
          metadata: { ...metadata(namespace), annotations: kubernetesAnnotations(identity) },
          spec: {
            replicas: args.units,
            selector: { matchLabels: selector },
            // New pods first: an update never takes a site below what was planned for it.
            strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: "10%" } },
            template: {
              metadata: { labels: { ...labels, ...selector }, annotations: kubernetesAnnotations(identity) },
              spec: podSpec(args, selector),
            },
          },
        },
        options,
      ),
    disruptionBudget: (namespace: pulumi.Output<string>) =>
      new k8s.policy.v1.PodDisruptionBudget(
        name,
        // A share, rounded up to at least one pod by Kubernetes: a drain can always go on.
        { metadata: metadata(namespace), spec: { maxUnavailable: "10%", selector: { matchLabels: selector } } },
        options,
      ),
    service: (namespace: pulumi.Output<string>) =>
      new k8s.core.v1.Service(
        name,
        {
          metadata: metadata(namespace),
          spec: { type: "LoadBalancer", selector, ports: [{ name: "http", port: 80, targetPort: "http" }] },
        },
        options,
      ),
  };
}

function podSpec(args: KubernetesServiceArgs, matchLabels: Record<string, string>): k8s.types.input.core.v1.PodSpec {
  const { port = 8080, cpu = "2", memory = "4Gi" } = args;
  const resources = { cpu, memory };
  const probe = (path: string, failureThreshold: number) => ({
    httpGet: { path, port: "http" },
    periodSeconds: 5,
    timeoutSeconds: 2,
    failureThreshold,
  });
  return {
    // The pods call no API of the cluster: without a token there is none to steal, and no account of their own to keep.
    automountServiceAccountToken: false,
    ...withOptions({ priorityClassName: args.priorityClass }),
    topologySpreadConstraints: [
      ...placeSpread(args.over, matchLabels),
      spread(topologyKeys.power, matchLabels, "ScheduleAnyway"),
      spread(topologyKeys.host, matchLabels, "ScheduleAnyway"),
    ],
    tolerations: evictionTolerations(args.identity),
    terminationGracePeriodSeconds: 30,
    containers: [
      {
        name: args.identity.service,
        image: args.image.replaceAll("{site}", args.site.name),
        ports: [{ name: "http", containerPort: port }],
        resources: { requests: resources, limits: resources },
        // Alive and ready ask the pod only about itself: a dependency that fails must not restart every pod of a site.
        livenessProbe: probe("/healthz/live", 6),
        readinessProbe: probe("/healthz/ready", 2),
        securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: { drop: ["ALL"] } },
      },
    ],
  };
}

/** The address from the service's status: the engine waits until the facility has announced one. */
function addressOf(service: k8s.core.v1.Service, name: string): pulumi.Output<string> {
  return service.status.apply((status) => {
    const address = status?.loadBalancer?.ingress?.[0]?.ip;
    if (address) return address;
    throw new pulumi.RunError(
      `${name}: the cluster has given the service no IP address. Install a load balancer in the facility's cluster, such as MetalLB. [DPX207]`,
    );
  });
}
