/**
 * What a workload of AWS is made from: two that are made from the same are one workload, whatever they are called. And
 * what kind of work it does: what is called and what runs by the clock do not stand in for each other.
 */
import type { Resource, Value } from "../resource";
import type { Stack } from "../stack";
import { at, field, items, text, textAt, texts } from "../values";
import { functionTypes } from "./entrances";
import { containersIn, familyOf, taskDefinitionOf } from "./containers/tasks";

/** A server runs and is called; a function runs when it is called or by the clock; a job ends by itself. */
export type WorkForm = "server" | "function" | "job";

const jobTypes: ReadonlySet<string> = new Set([
  "aws:batch/computeEnvironment:ComputeEnvironment",
  "aws:emr/cluster:Cluster",
  "aws:sfn/stateMachine:StateMachine",
]);

export function workFormOf({ type }: Resource): WorkForm {
  if (functionTypes.some((one) => one === type)) return "function";
  return jobTypes.has(type) ? "job" : "server";
}

type Teller = (resource: Resource, stack: Stack) => readonly (string | undefined)[];

const ofMachine: Teller = (resource) => [
  joined("user data", textAt(resource, "userData") ?? textAt(resource, "userDataBase64")),
  launchTemplate(field(resource.properties, "launchTemplate")),
];

const ofGroup: Teller = (resource, stack) => [
  launchTemplate(field(resource.properties, "launchTemplate")),
  launchTemplate(
    at(resource.properties, "mixedInstancesPolicy", "launchTemplate", "launchTemplateSpecification"),
    "launchTemplateId",
  ),
  joined("launch configuration", textAt(resource, "launchConfiguration")),
  ...["launchTemplate", "launchConfiguration", "mixedInstancesPolicy"].flatMap((property) =>
    stack.edges(resource, property).map(({ urn }) => `made from ${urn}`),
  ),
];

const ofTasks: Teller = (resource, stack) => {
  const definition = taskDefinitionOf(resource, stack);
  return [
    joined("task", familyOf(resource, definition)),
    ...(definition === undefined ? [] : containersIn(definition).map(runningImage)),
  ];
};

const ofFunction: Teller = (resource) => [
  joined("code", textAt(resource, "sourceCodeHash")),
  joined("code", textAt(resource, "imageUri")?.replace(/^[^/]*\//, "")),
  joined("code", textAt(resource, "s3Key")),
];

const tellers: Readonly<Record<string, Teller>> = {
  "aws:ec2/instance:Instance": ofMachine,
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest": ofMachine,
  "aws:autoscaling/group:Group": ofGroup,
  "aws:ecs/service:Service": ofTasks,
  ...Object.fromEntries(functionTypes.map((type) => [type, ofFunction])),
};

/** Texts of which a common one makes two workloads the same; none where nothing says what it is made from. */
export function likenessInAws(resource: Resource, stack: Stack): readonly string[] {
  return (tellers[resource.type]?.(resource, stack) ?? []).filter((token) => token !== undefined);
}

/** The same machine image, where two names say nothing of what each is for. */
export function machineImageOf(resource: Resource): string | undefined {
  return textAt(resource, "ami");
}

function launchTemplate(value: Value, id = "id"): string | undefined {
  const [only] = items(value);
  const template = only ?? value;
  return joined("launch template", text(field(template, id)) ?? text(field(template, "name")));
}

/** An image with what it is told to run: one image may hold a web server and a worker. */
function runningImage(container: Value): string | undefined {
  const image = text(field(container, "image"));
  if (image === undefined) return undefined;
  const told = ["entryPoint", "command"].map((key) => texts(field(container, key)).join(" ")).join(" ");
  return `image ${plainImage(image)} ${told}`;
}

/** `registry.a.example/shop/web:1.2@sha256:…` is `shop/web`: each site may have its own registry. */
export function plainImage(image: string): string {
  const [path = ""] = image.split("@", 1);
  const [first = "", ...rest] = path.split("/");
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  return (isHost ? rest.join("/") : path).replace(/:[^/:]*$/, "");
}

function joined(what: string, value: string | undefined): string | undefined {
  return value === undefined || value === "" ? undefined : `${what} ${value}`;
}
