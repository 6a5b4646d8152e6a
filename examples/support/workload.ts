/**
 * One workload in one facility, as a team writes it without components: a Deployment or StatefulSet and its Service.
 */
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Site } from "../../components/estate/site";
import { labelKeys, type TagName } from "../../model";

export interface WorkloadArgs {
  /** What the service says of itself: tier, layer, role, peak, objectives and what it needs. */
  readonly says: Readonly<Partial<Record<TagName, string>>>;
  /** Pods. */
  readonly pods: number;
  /** True for a store: a StatefulSet with a volume for each pod. @default false */
  readonly holdsData?: boolean;
}

/** Creates the workload and gives its Service, which names lead to. */
export function workload(
  site: Site,
  service: string,
  args: WorkloadArgs,
  parent?: pulumi.Resource,
): k8s.core.v1.Service {
  const options = { provider: site.provider, parent: parent ?? site };
  const name = `${service}-${site.record.name}`;
  const matchLabels = { "app.kubernetes.io/name": service };
  const labels = { ...matchLabels, [labelKeys.service]: service };
  const annotations = Object.fromEntries(
    Object.entries(args.says).map(([word, value]) => [labelKeys[word as TagName], value]),
  );
  const metadata = { name: service, labels, annotations };
  const spec = {
    replicas: args.pods,
    selector: { matchLabels },
    template: { metadata: { labels }, spec: pods(service, matchLabels) },
  };
  if (args.holdsData) {
    const claim = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "100Gi" } } };
    const volumeClaimTemplates = [{ metadata: { name: "data" }, spec: claim }];
    new k8s.apps.v1.StatefulSet(
      name,
      { metadata, spec: { ...spec, serviceName: service, volumeClaimTemplates } },
      options,
    );
  } else {
    new k8s.apps.v1.Deployment(name, { metadata, spec }, options);
  }
  return new k8s.core.v1.Service(
    name,
    {
      metadata: { name: service, labels },
      spec: { type: "LoadBalancer", selector: matchLabels, ports: [{ port: 443 }] },
    },
    options,
  );
}

function pods(service: string, matchLabels: Readonly<Record<string, string>>): k8s.types.input.core.v1.PodSpec {
  return {
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "kubernetes.io/hostname",
        whenUnsatisfiable: "DoNotSchedule",
        labelSelector: { matchLabels },
      },
    ],
    containers: [
      {
        name: service,
        image: `registry.example/${service}:stable`,
        resources: { requests: { cpu: "500m", memory: "1Gi" } },
      },
    ],
  };
}
