/** What `duplex check` judges: what a path names, or the live clusters of a kubeconfig. */
import { UserError } from "../../model/errors";
import { readSource, type ReadSource } from "../input/readSource";
import type { Io } from "../io";
import type { InputOptions } from "./options";

/** @throws UserError (DPX001) where both are given, or neither */
export async function chooseSource(path: string | undefined, options: InputOptions, io: Io): Promise<ReadSource> {
  const { kubeconfig, context, stack, timeout } = options;
  if (path !== undefined && kubeconfig === undefined && context.length === 0) {
    return readSource(path, options, io);
  }
  if (path === undefined && kubeconfig !== undefined && stack === undefined) {
    const { readLiveClusters } = await import("../engine/cluster/liveClusters");
    return readLiveClusters(kubeconfig, context, timeout, io);
  }
  const given = Object.entries({
    [path ?? ""]: path,
    "--kubeconfig": kubeconfig,
    "--context": context[0],
    "--stack": stack,
  })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
  throw new UserError([
    {
      code: "DPX001",
      message:
        "One thing is judged at a time, a path or the clusters of a kubeconfig; " +
        `found ${given.join(" and ") || "neither"}.`,
      fix: "Give a PATH, or `--kubeconfig FILE` with the contexts to read. See `duplex check --help`.",
    },
  ]);
}
