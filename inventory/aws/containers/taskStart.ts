/** What tasks of ECS do not start without: sizes that Fargate has, containers that fit, a role that pulls the image. */
import { closedBy, undecidedBy, type Gate } from "../../gate";
import type { ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { amount, field, items, text, textAt } from "../../values";
import { actionGate } from "../identity/access";
import { roleIn } from "../identity/caller";
import { containersIn, isForFargate, taskDefinitionOf } from "./tasks";
import { serviceTypes } from "./taskScaling";

/** What keeps it from starting, and what it is that it wants. */
export interface StartGate {
  readonly needs: string;
  readonly gate: Gate;
}

/** Undefined where nothing in the stack speaks against a start. */
export function startGate(service: Resource, context: ReadContext): StartGate | undefined {
  if (!serviceTypes.some((type) => type === service.type)) return undefined;
  const definition = taskDefinitionOf(service, context.stack);
  if (definition === undefined) return undefined;
  const size = placeGate(service, definition) ?? sizeGate(definition) ?? roomGate(definition);
  if (size !== undefined) return { needs: "room to start in", gate: size };
  const container = containerGate(service, definition);
  if (container !== undefined) return { needs: "its containers", gate: container };
  const image = imageGate(definition, context);
  return image && { needs: "its image", gate: image };
}

/** Fargate starts what is made for it, in networks of the task's own. */
function placeGate(service: Resource, definition: Resource): Gate | undefined {
  if (textAt(service, "launchType") !== "FARGATE") return undefined;
  const made = field(definition.properties, "requiresCompatibilities");
  if (items(made).length > 0 && !isForFargate(definition)) {
    return closedBy(definition, "requiresCompatibilities", `"${definition.name}" is not made for Fargate`);
  }
  const mode = textAt(definition, "networkMode");
  if (mode === undefined || mode === "awsvpc") return undefined;
  return closedBy(definition, "networkMode", `Fargate knows no network mode "${mode}"`);
}

/**
 * Memory in MiB for each processor size, from and to in steps (Amazon ECS Developer Guide, "Task definition parameters
 * for Fargate", task size).
 */
const sizes: Readonly<Record<number, readonly [least: number, most: number, step: number]>> = {
  256: [512, 2_048, 512],
  512: [1_024, 4_096, 1_024],
  1_024: [2_048, 8_192, 1_024],
  2_048: [4_096, 16_384, 1_024],
  4_096: [8_192, 30_720, 1_024],
  8_192: [16_384, 61_440, 4_096],
  16_384: [32_768, 122_880, 8_192],
};

function sizeGate(definition: Resource): Gate | undefined {
  if (!isForFargate(definition)) return undefined;
  const [cpu, memory] = [sizeOf(definition, "cpu"), sizeOf(definition, "memory")];
  if (cpu === undefined || memory === undefined) return undefined;
  const [least, most, step] = sizes[cpu] ?? [Infinity, 0, 1];
  // A quarter of a processor alone comes with 0.5, 1 and 2 GB, and not with 1.5.
  if (memory >= least && memory <= most && memory % step === 0 && !(cpu === 256 && memory === 1_536)) return undefined;
  return closedBy(definition, "memory", `Fargate has no size of ${cpu} CPU units and ${memory} MiB`);
}

/** In numbers alone: what is written in words, such as `1 vCPU`, is not judged. */
function sizeOf(definition: Resource, key: "cpu" | "memory"): number | undefined {
  return amount(field(definition.properties, key));
}

/** A task is not registered with containers that ask for more than it has. */
function roomGate(definition: Resource): Gate | undefined {
  for (const key of ["cpu", "memory"] as const) {
    const whole = sizeOf(definition, key);
    const asked = containersIn(definition).map((one) => amount(field(one, key)) ?? 0);
    const total = key === "memory" ? Math.max(0, ...asked) : asked.reduce((sum, one) => sum + one, 0);
    if (whole !== undefined && total > whole) {
      const why = `the containers of "${definition.name}" ask for ${total} of ${whole} of its ${key}`;
      return closedBy(definition, "containerDefinitions", why);
    }
  }
  return undefined;
}

/** Containers that are named are there. */
function containerGate(service: Resource, definition: Resource): Gate | undefined {
  const containers = containersIn(definition);
  const names = containers.map((one) => text(field(one, "name")));
  if (names.length === 0 || names.includes(undefined)) return undefined;
  const awaited = containers.flatMap((one) => items(field(one, "dependsOn"))).map((one) => field(one, "containerName"));
  const led = items(field(service.properties, "loadBalancers")).map((one) => field(one, "containerName"));
  const isMissing = (name: Value) => typeof name === "string" && !names.includes(name);
  const gone = awaited.find(isMissing) ?? led.find(isMissing);
  if (gone === undefined) return undefined;
  return closedBy(definition, "containerDefinitions", `"${definition.name}" has no container "${text(gone) ?? ""}"`);
}

const privateImage = /^(\d+)\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/;

/** A private image is pulled, and output written, as the execution role ("Amazon ECS task execution IAM role"). */
function imageGate(definition: Resource, context: ReadContext): Gate | undefined {
  const images = containersIn(definition).flatMap((one) => privateImage.exec(text(field(one, "image")) ?? "") ?? []);
  const [, account, region, name] = images;
  if (account === undefined || region === undefined || name === undefined) return undefined;
  const named = field(definition.properties, "executionRoleArn");
  if (named === undefined && isForFargate(definition)) {
    const why = `"${definition.name}" has no execution role, without which Fargate pulls no private image`;
    return undecidedBy(definition, "executionRoleArn", why);
  }
  const role = roleIn(definition, "executionRoleArn", named, "ecs-tasks.amazonaws.com", context);
  const arn = `arn:aws:ecr:${region}:${account}:repository/${name}`;
  return role && actionGate(role, { action: "ecr:batchgetimage", arn, region, name }, context);
}
