/** What the API server asks of a pod's template and of the selector that finds its pods. */
import type { Refuse } from "../engine/resourceType";
import { valuesAt } from "../engine/resourceType";
import { asText, at, hasUnknown, list, object, text, UNKNOWN, type Properties, type Value } from "../engine/values";
import { oneOf } from "./kubernetesType";
import { parseQuantity } from "./quantity";

/** @param path of the pod template, such as `spec.template`. */
export function checkTemplate(inputs: Properties, refuse: Refuse, path: string, restart: readonly string[]): void {
  const template = at(inputs, path);
  if (template === UNKNOWN) return;
  const spec = at(template, "spec");
  if (spec === undefined) {
    refuse(`${path}.spec`, `${path}.spec is required and was not given. Give the pod's spec.`);
    return;
  }
  if (spec === UNKNOWN) return;
  checkContainers(object(spec), refuse, `${path}.spec`);
  oneOf(inputs, refuse, `${path}.spec.restartPolicy`, restart);
  if (!restart.includes("Always") && at(spec, "restartPolicy") === undefined) {
    refuse(`${path}.spec.restartPolicy`, `${path}.spec.restartPolicy is required: one of ${restart.join(", ")}.`);
  }
  oneOf(inputs, refuse, `${path}.spec.topologySpreadConstraints[].whenUnsatisfiable`, [
    "DoNotSchedule",
    "ScheduleAnyway",
  ]);
  for (const { path: exact, value } of valuesAt(inputs, `${path}.spec.topologySpreadConstraints[].maxSkew`)) {
    if (typeof value === "number" && value < 1) refuse(exact, `${exact} must be at least 1, and is ${value}.`);
  }
}

function checkContainers(spec: Properties, refuse: Refuse, path: string): void {
  const containers = spec["containers"];
  if (containers === UNKNOWN) return;
  if (list(containers).length === 0)
    refuse(`${path}.containers`, `${path}.containers must hold at least one container.`);
  const names = new Set<string>();
  for (const key of ["initContainers", "containers"]) {
    for (const [index, each] of list(spec[key]).entries()) {
      const here = `${path}.${key}[${index}]`;
      const container = object(each);
      if (each === UNKNOWN) continue;
      const name = text(container["name"]);
      if (name !== undefined && !/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) {
        refuse(`${here}.name`, `${here}.name must be lower-case letters, digits and inner hyphens, and is "${name}".`);
      }
      if (name !== undefined && names.has(name))
        refuse(`${here}.name`, `${here}.name "${name}" stands twice in the pod.`);
      if (name !== undefined) names.add(name);
      if (container["image"] === undefined) refuse(`${here}.image`, `${here}.image is required and was not given.`);
      checkPorts(container, refuse, here);
      checkResources(object(container["resources"]), refuse, `${here}.resources`);
    }
  }
}

function checkPorts(container: Properties, refuse: Refuse, path: string): void {
  for (const { path: exact, value } of valuesAt(container, "ports[].containerPort")) {
    if (typeof value === "number" && (value < 1 || value > 65_535)) {
      refuse(`${path}.${exact}`, `${path}.${exact} must be from 1 to 65535, and is ${value}.`);
    }
  }
}

/** Requests and limits must be quantities, and no request may exceed its limit. */
export function checkResources(resources: Properties, refuse: Refuse, path: string): void {
  const limits = object(resources["limits"]);
  for (const key of ["limits", "requests"]) {
    for (const [name, value] of Object.entries(object(resources[key]))) {
      const here = `${path}.${key}["${name}"]`;
      const amount = amountOf(value);
      if (amount === undefined && value !== UNKNOWN) {
        refuse(here, `${here} must be a quantity such as 500m or 2Gi, and is ${JSON.stringify(value)}.`);
      }
      const limit = amountOf(limits[name]);
      if (key === "requests" && amount !== undefined && limit !== undefined && amount > limit) {
        refuse(here, `${here} must be at most the limit ${asText(limits[name])}, and is ${asText(value)}.`);
      }
    }
  }
}

function amountOf(value: Value | undefined): number | undefined {
  return (typeof value === "string" && value !== UNKNOWN) || typeof value === "number"
    ? parseQuantity(value)
    : undefined;
}

/** A workload's selector must find the pods of its own template. */
export function checkSelector(inputs: Properties, refuse: Refuse): void {
  const selector = at(inputs, "spec.selector");
  if (selector === undefined || hasUnknown(selector)) return;
  const wanted = object(at(selector, "matchLabels"));
  const labels = at(inputs, "spec.template.metadata.labels");
  if (Object.keys(wanted).length === 0 && list(at(selector, "matchExpressions")).length === 0) {
    refuse("spec.selector", "spec.selector must not be empty. Give matchLabels.");
  }
  if (labels === UNKNOWN || at(inputs, "spec.template.metadata") === UNKNOWN) return;
  for (const [key, value] of Object.entries(wanted)) {
    const found = object(labels)[key];
    if (found === value || found === UNKNOWN) continue;
    refuse(
      "spec.template.metadata.labels",
      `spec.selector does not match the template's labels: it wants ${key}=${asText(value)}, and the template has ` +
        `${found === undefined ? "no such label" : `${key}=${asText(found)}`}. Give both the same labels.`,
    );
  }
}
