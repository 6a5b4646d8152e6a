import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { type FacilitySite, labelKeys, topologyKeys } from "../../model";
import { type ServiceIdentity, kubernetesLabels } from "../common/identity";
import { physicalName } from "../common/names";
import { evictionTolerations } from "../kubernetes/podDefaults";

/** An asynchronous copy of a store in a facility: docs/decisions/0002 tells why, and what the image has to do. */
export interface FollowerArgs {
  readonly site: FacilitySite;
  /** The team's image that applies the store's stream and serves after a promotion; `{site}` for the site's name. */
  readonly image: string;
  /** Priority class of the pods. */
  readonly priorityClass: pulumi.Input<string>;
  /** Size of each pod's volume. It can grow, never shrink. @default 100Gi */
  readonly volumeSize?: string;
  /** Seconds from the decision to promote until it serves. @default 60 */
  readonly startSeconds?: number;
}

/** Two pods on two hosts: a host that is repaired must not stop the replication. */
const followerPods = 2;
const port = 5432;

/** Creates the follower of a store: namespace, headless service, StatefulSet and disruption budget. */
export function createFollower(
  parent: pulumi.ComponentResource,
  name: string,
  identity: ServiceIdentity,
  args: FollowerArgs,
  provider: k8s.Provider | undefined,
): void {
  const { site, startSeconds = 60 } = args;
  const options = { parent, provider };
  const full = `${name}-${site.name}`;
  const selector = { "app.kubernetes.io/name": identity.service };
  const labels = { ...kubernetesLabels(identity, site.name), ...selector, [labelKeys.role]: "standby" };
  const annotations = {
    [replicationKey]: "asynchronous",
    [labelKeys.startSeconds]: String(startSeconds),
  };

  const space = new k8s.core.v1.Namespace(
    full,
    { metadata: { name: physicalName(identity.service, 63), labels } },
    options,
  );
  const metadata = { name: identity.service, namespace: space.metadata.name, labels };
  const service = new k8s.core.v1.Service(
    full,
    { metadata, spec: { clusterIP: "None", selector, ports: [{ name: "store", port }] } },
    options,
  );
  new k8s.apps.v1.StatefulSet(
    full,
    {
      metadata: { ...metadata, annotations },
      spec: {
        serviceName: service.metadata.name,
        replicas: followerPods,
        selector: { matchLabels: selector },
        template: { metadata: { labels, annotations }, spec: podSpec(args, identity, selector) },
        volumeClaimTemplates: [
          {
            metadata: { name: "data", labels },
            spec: {
              accessModes: ["ReadWriteOnce"],
              resources: { requests: { storage: args.volumeSize ?? "100Gi" } },
            },
          },
        ],
      },
    },
    options,
  );
  const budget = { maxUnavailable: 1, selector: { matchLabels: selector } };
  new k8s.policy.v1.PodDisruptionBudget(full, { metadata, spec: budget }, options);
}

/** How a store's copy is fed. */
const replicationKey = "duplex.dev/replication";

function podSpec(
  args: FollowerArgs,
  identity: ServiceIdentity,
  matchLabels: Record<string, string>,
): k8s.types.input.core.v1.PodSpec {
  const resources = { cpu: "2", memory: "8Gi" };
  return {
    priorityClassName: args.priorityClass,
    automountServiceAccountToken: false,
    // Two pods and more than two hosts: here a required rule can always be met.
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: topologyKeys.host, labelSelector: { matchLabels } },
        ],
      },
    },
    tolerations: evictionTolerations(identity),
    containers: [
      {
        name: "store",
        image: args.image.replaceAll("{site}", args.site.name),
        ports: [{ name: "store", containerPort: port }],
        resources: { requests: resources, limits: resources },
        readinessProbe: { tcpSocket: { port: "store" }, periodSeconds: 5, failureThreshold: 2 },
        volumeMounts: [{ name: "data", mountPath: "/var/lib/store" }],
        securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: { drop: ["ALL"] } },
      },
    ],
  };
}
