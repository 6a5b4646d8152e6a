/** What a workload of Kubernetes is made from: the images of its pods, with what they are told to run. */
import { plainImage, type WorkForm } from "../aws/likeness";
import type { Resource, Value } from "../resource";
import { at, field, items, text, texts } from "../values";

const jobTypes: ReadonlySet<string> = new Set(["kubernetes:batch/v1:Job", "kubernetes:batch/v1:CronJob"]);

export function workFormInKubernetes({ type }: Resource): WorkForm {
  return jobTypes.has(type) ? "job" : "server";
}

/** Texts of which a common one makes two workloads the same; none where nothing says what it is made from. */
export function likenessInKubernetes({ properties }: Resource): readonly string[] {
  const [first] = items(at(properties, "spec", "template", "spec", "containers"));
  const image = text(field(first, "image"));
  return image === undefined ? [] : [`image ${plainImage(image)} ${toldTo(first)}`];
}

function toldTo(container: Value): string {
  return ["command", "args"].map((key) => texts(field(container, key)).join(" ")).join(" ");
}
