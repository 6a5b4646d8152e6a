/** What a task of ECS is made from: its definition, and the containers in it. */
import type { Resource, Value } from "../../resource";
import type { Stack } from "../../stack";
import { field, items, textAt, texts } from "../../values";

const taskDefinitionTypes = ["aws:ecs/taskDefinition:TaskDefinition"] as const;

/**
 * The task definition that a service runs. Its ARN may be written in full, or as family and revision: in the region of
 * the service then, which is why one of the same region and family is taken before any other.
 */
export function taskDefinitionOf(resource: Resource, stack: Stack): Resource | undefined {
  const value = field(resource.properties, "taskDefinition");
  const [named] = stack.references(resource, "taskDefinition", taskDefinitionTypes, value).resources;
  if (named !== undefined) return named;
  const family = familyOf(resource, undefined);
  if (family === undefined) return undefined;
  const alike = stack
    .ofType(taskDefinitionTypes[0])
    .filter((one) => textAt(one, "family") === family && one.provider === resource.provider);
  return alike.length === 1 ? alike[0] : undefined;
}

/** The family of tasks that a service runs, without its revision. */
export function familyOf(resource: Resource, definition: Resource | undefined): string | undefined {
  const family = definition === undefined ? undefined : textAt(definition, "family");
  if (family !== undefined) return family;
  const written = textAt(resource, "taskDefinition");
  return written?.replace(/^arn:.*task-definition\//, "").replace(/:\d+$/, "");
}

/** The containers of a task definition, which writes them as a text of JSON. */
export function containersIn(definition: Resource): readonly Value[] {
  const written = field(definition.properties, "containerDefinitions");
  if (typeof written !== "string") return items(written);
  try {
    return items(JSON.parse(written) as Value);
  } catch {
    return [];
  }
}

/** Whether tasks are made for Fargate, by what their definition says. */
export function isForFargate(definition: Resource): boolean {
  return texts(field(definition.properties, "requiresCompatibilities")).includes("FARGATE");
}
