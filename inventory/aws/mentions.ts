/** What tasks, functions and services of AWS name in their own definitions. */
import { listedVariables, mentionOf, variablesIn, type Mention } from "../mentions";
import type { Resource, Value } from "../resource";
import type { Stack } from "../stack";
import { at, entries, field, items } from "../values";
import { containersIn, taskDefinitionOf } from "./containers/tasks";
import { functionTypes } from "./entrances";

type Teller = (resource: Resource, stack: Stack) => readonly Mention[];

/** Images, secrets and variables of each container (Amazon ECS Developer Guide, "Task definition parameters"). */
const ofTasks: Teller = (resource, stack) => {
  const definition = taskDefinitionOf(resource, stack);
  if (definition === undefined) return [];
  const here = { resource: definition, property: "containerDefinitions" };
  return containersIn(definition).flatMap((container) => [
    ...mentionOf(field(container, "image"), "image", here),
    ...[...items(field(container, "secrets")), ...items(at(container, "logConfiguration", "secretOptions"))].flatMap(
      (secret) => mentionOf(field(secret, "valueFrom"), "secret", here),
    ),
    ...mentionOf(at(container, "repositoryCredentials", "credentialsParameter"), "secret", here),
    ...items(field(container, "environmentFiles")).flatMap((file) => mentionOf(field(file, "value"), "secret", here)),
    ...listedVariables(field(container, "environment"), here),
  ]);
};

const ofFunction: Teller = (resource) => [
  ...mentionOf(field(resource.properties, "imageUri"), "image", { resource, property: "imageUri" }),
  ...mentionOf(field(resource.properties, "kmsKeyArn"), "secret", { resource, property: "kmsKeyArn" }),
  ...variablesIn(at(resource.properties, "environment", "variables"), { resource, property: "environment" }),
];

const ofAppRunner: Teller = (resource) => {
  const here = { resource, property: "sourceConfiguration" };
  const source = field(resource.properties, "sourceConfiguration");
  const image = field(source, "imageRepository");
  const configurations: readonly Value[] = [
    field(image, "imageConfiguration"),
    at(source, "codeRepository", "codeConfiguration", "codeConfigurationValues"),
  ];
  return [
    ...mentionOf(field(image, "imageIdentifier"), "image", here),
    ...configurations.flatMap((one) => [
      ...variablesIn(field(one, "runtimeEnvironmentVariables"), here),
      ...entries(field(one, "runtimeEnvironmentSecrets")).flatMap(([, value]) => mentionOf(value, "secret", here)),
    ]),
  ];
};

const tellers: Readonly<Record<string, Teller>> = {
  "aws:ecs/service:Service": ofTasks,
  "aws:apprunner/service:Service": ofAppRunner,
  ...Object.fromEntries(functionTypes.map((type) => [type, ofFunction])),
};

export function mentionsInAws(resource: Resource, stack: Stack): readonly Mention[] {
  return tellers[resource.type]?.(resource, stack) ?? [];
}
