/** What pods name in their template, and in the ConfigMaps that fill their environment. */
import { listedVariables, mentionOf, variablesIn, type Mention } from "../mentions";
import type { ReadContext } from "../reader";
import type { Resource, Value } from "../resource";
import { at, field, items, text } from "../values";
import { neighbours, neighboursAt } from "./neighbours";
import { podPath } from "./workloads/pods";

const configMapTypes = ["kubernetes:core/v1:ConfigMap"] as const;

export function mentionsInKubernetes(resource: Resource, context: ReadContext): readonly Mention[] {
  const here = { resource, property: podPath.join(".") };
  const spec = at(resource.properties, ...podPath);
  const containers = [...items(field(spec, "initContainers")), ...items(field(spec, "containers"))];
  return containers.flatMap((container) => [
    ...mentionOf(field(container, "image"), "image", here),
    ...listedVariables(field(container, "env"), here),
    ...filledBy(container).flatMap((name) => configured(name, resource, context)),
  ]);
}

/** Names of the ConfigMaps that a container takes its environment from, whole or by key. */
function filledBy(container: Value): readonly string[] {
  const whole = items(field(container, "envFrom")).map((one) => at(one, "configMapRef", "name"));
  const byKey = items(field(container, "env")).map((one) => at(one, "valueFrom", "configMapKeyRef", "name"));
  return [...new Set([...whole, ...byKey].flatMap((name) => text(name) ?? []))];
}

function configured(name: string, resource: Resource, context: ReadContext): readonly Mention[] {
  const here = neighbours(resource, configMapTypes, context);
  const maps = neighboursAt(here, "name", name, (one) => text(at(one.properties, "metadata", "name")) ?? one.name);
  return maps.flatMap((map) => variablesIn(field(map.properties, "data"), { resource: map, property: "data" }));
}
