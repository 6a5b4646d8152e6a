/** The simulated Kubernetes: as many clusters as there are contexts. */
import { createHash } from "node:crypto";
import { failure } from "../errors";
import type { Family } from "../engine/resourceType";
import { at, object, text, UNKNOWN, withAt, type Properties } from "../engine/values";
import type { ProviderSchema } from "../schema/schema";
import { basicTypes } from "./basics";
import { extensionTypes } from "./extensions";
import { groupVersionKind, markAutonamed } from "./kubernetesType";
import { workloadTypes } from "./workloads";

const clusterScoped: ReadonlySet<string> = new Set(["Namespace", "PriorityClass"]);

export const kubernetesFamily: Family = {
  name: "kubernetes",
  version: "4.34.2",
  types: [...basicTypes, ...workloadTypes, ...extensionTypes],
  functions: {},
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- read on first use: a provider starts without it
  schema: () => require("../schema/kubernetes.json") as ProviderSchema,
  checkConfig: (config) =>
    config["renderYamlToDirectory"] === undefined
      ? []
      : [
          failure(
            "configuration",
            "renderYamlToDirectory",
            "The simulated cloud does not model renderYamlToDirectory. Remove it.",
          ),
        ],
  settings: (config) => ({
    cluster: clusterOf(config),
    namespace: text(config["namespace"]) ?? "default",
    defaultTags: {},
    flags: new Set(Object.keys(config).filter((key) => config[key] === true || config[key] === "true")),
  }),
  replaceConfigOn: ["context", "cluster", "kubeconfig", "clusterIdentifier"],
  prepare: (type, inputs, settings) => {
    const kind = groupVersionKind(type.token);
    const known = { ...kind, ...inputs };
    const isPlaced = clusterScoped.has(kind.kind) || inputs["metadata"] === UNKNOWN;
    if (isPlaced || at(inputs, "metadata.namespace") !== undefined) return known;
    return withAt({ ...known, metadata: object(inputs["metadata"]) }, "metadata.namespace", settings.namespace);
  },
  markAutomatic: markAutonamed,
  deadPlace: (place) =>
    `Get "https://${place}.simulated.invalid:6443": dial tcp: connect: no route to host: the cluster ${place} is lost. ` +
    `Leave it out (--exclude), or restore the cluster.`,
  endpointOf: (place) => ({ kind: "cluster", name: place }),
};

/** The context names the cluster; without one the kubeconfig's digest does. */
function clusterOf(config: Properties): string {
  const named = text(config["context"]) ?? text(config["clusterIdentifier"]) ?? text(config["cluster"]);
  if (named !== undefined) return named;
  const kubeconfig = text(config["kubeconfig"]);
  if (kubeconfig === undefined) return "current-context";
  return `kubeconfig-${createHash("sha256").update(kubeconfig).digest("hex").slice(0, 12)}`;
}
