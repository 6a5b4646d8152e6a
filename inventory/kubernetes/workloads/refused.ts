/**
 * What an API server or a kubelet refuses whatever the cluster is: pods of such a workload do not start (Kubernetes API
 * reference, Deployment, Container, Volume; "Configure a Security Context").
 */
import type { Resource, Value } from "../../resource";
import { at, entries, field, items, text } from "../../values";
import { picks } from "../labelSelectors";
import { quantity } from "../placement/quantities";
import { podPath } from "./pods";

/** What is missing to a start, in words; undefined where nothing is. */
export function refusedToStart(workload: Resource): string | undefined {
  const { properties } = workload;
  const spec = at(properties, ...podPath);
  const selector = at(properties, "spec", "selector");
  const labels = at(properties, "spec", "template", "metadata", "labels");
  if (typeof selector === "object" && picks(selector, labels) === "no") return "a selector that picks its own pods";
  const containers = [...items(field(spec, "initContainers")), ...items(field(spec, "containers"))];
  const volumes = [...items(field(spec, "volumes")), ...claimsOf(properties)];
  const names = volumes.map((one) => text(field(one, "name")));
  for (const container of containers) {
    const name = text(field(container, "name")) ?? "";
    const mounted = items(field(container, "volumeMounts")).map((one) => text(field(one, "name")));
    const gone = mounted.find((one) => one !== undefined && !names.includes(one));
    if (gone !== undefined && !names.includes(undefined))
      return `any volume "${gone}", which container "${name}" mounts,`;
    if (asksBeyondLimits(container)) return `limits that admit what container "${name}" requests`;
    if (isRootForbidden(container, spec)) return `a user other than root, whom container "${name}" may not be,`;
  }
  return undefined;
}

/** Claims that a StatefulSet makes for each of its pods are volumes of theirs. */
function claimsOf(properties: Value): readonly Value[] {
  return items(at(properties, "spec", "volumeClaimTemplates")).map((claim) => field(claim, "metadata"));
}

function asksBeyondLimits(container: Value): boolean {
  const limits = at(container, "resources", "limits");
  return entries(at(container, "resources", "requests")).some(([key, value]) => {
    const [asked, limit] = [quantity(value), quantity(field(limits, key))];
    return asked !== undefined && limit !== undefined && asked > limit;
  });
}

function isRootForbidden(container: Value, pod: Value): boolean {
  const said = (key: string): Value => at(container, "securityContext", key) ?? at(pod, "securityContext", key);
  return said("runAsNonRoot") === true && said("runAsUser") === 0;
}
