/** CronJobs that set the number of a workload's pods by `kubectl scale`: the least of them is what is sure. */
import type { ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { amount, at, field, items, texts } from "../../values";
import { namespaceOf } from "../workloads/pods";

const cronJob = "kubernetes:batch/v1:CronJob";

/** One call of `kubectl scale`. */
export interface TimedScaling {
  readonly job: Resource;
  readonly kind: "Deployment" | "StatefulSet";
  readonly namespace: string;
  readonly name: string;
  readonly replicas: number;
}

/** Every such call of the stack's CronJobs; none of those that are suspended. */
export function timedScalings({ stack }: ReadContext): readonly TimedScaling[] {
  return stack.ofType(cronJob).flatMap((job) => {
    const spec = field(job.properties, "spec");
    if (field(spec, "suspend") === true) return [];
    const containers = items(at(spec, "jobTemplate", "spec", "template", "spec", "containers"));
    const lines = containers.flatMap((container) =>
      [...texts(field(container, "command")), ...texts(field(container, "args"))].join(" ").split(/[;&|\n]+/),
    );
    return lines.flatMap((line) => {
      const call = scaleCall(line.split(/\s+/).map((word) => word.replace(/^["']+|["']+$/g, "")));
      return call === undefined ? [] : [{ job, ...call, namespace: call.namespace ?? namespaceOf(job) }];
    });
  });
}

type Call = Omit<TimedScaling, "job" | "namespace"> & { readonly namespace?: string };

const kinds: readonly (readonly [RegExp, TimedScaling["kind"]])[] = [
  [/^deploy(ments?)?(\.apps)?$/, "Deployment"],
  [/^(sts|statefulsets?)(\.apps)?$/, "StatefulSet"],
];

function scaleCall(words: readonly string[]): Call | undefined {
  const start = words.indexOf("scale");
  if (start < 0 || !words.slice(0, start).some((word) => /(^|\/)(kubectl|oc)$/.test(word))) return undefined;
  const flags = new Map<string, string>();
  const plain: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as string;
    const [flag, value] = word.split("=", 2) as [string, string | undefined];
    const takes = flag === "--replicas" || flag === "--namespace" || flag === "-n";
    if (takes) flags.set(flag, value ?? words[++index] ?? "");
    else if (index > start && !word.startsWith("-")) plain.push(word);
  }
  const [kindWord = "", slashed] = (plain[0] ?? "").split("/", 2) as [string, string | undefined];
  const kind = kinds.find(([pattern]) => pattern.test(kindWord.toLowerCase()))?.[1];
  const name = slashed ?? plain[1];
  const replicas = amount(flags.get("--replicas"));
  if (kind === undefined || name === undefined || replicas === undefined) return undefined;
  const namespace = flags.get("--namespace") ?? flags.get("-n");
  return { kind, name, replicas, ...(namespace === undefined ? {} : { namespace }) };
}
