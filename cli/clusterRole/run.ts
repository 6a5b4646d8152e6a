/** `duplex cluster-role`: the least that a role of Kubernetes needs to read a stack. */
import { stringify } from "yaml";
import { visible } from "../../lib/visible";
import { clusterRole as roleOf, readerRole, type ReaderRole } from "../../drift/permissions";
import { UserError, type Mistake } from "../../model/errors";
import { refuseNotBuilt } from "../engine/program/pluginComponents";
import { readSource } from "../input/readSource";
import type { Io } from "../io";
import { warningsNaming } from "../output/warnings";
import { writeAnswer } from "../output/writeAnswer";
import type { ClusterRoleOptions } from "./options";

/**
 * Reads a stack and writes the role.
 *
 * @throws UserError (DPX753 for releases of Helm, DPX754 without anything of Kubernetes)
 */
export async function clusterRole(path: string, options: ClusterRoleOptions, io: Io): Promise<void> {
  const { output, allowMissing, live, name } = options;
  const { resources, components = [] } = await readSource(path, options, io);
  if (!allowMissing) refuseNotBuilt(components, path);
  const role = readerRole(resources, { live });
  const { rules, releases } = role;
  if (releases.length > 0 && !allowMissing) throw new UserError(releases.map((urn) => releaseOf(urn, path)));
  if (rules.length === 0) throw new UserError([nothingOfKubernetes(path)]);
  await writeAnswer(stringify(roleOf(name, rules)), output, io);
  for (const line of warningsOf(role)) io.err(`${visible(line)}\n`);
}

function warningsOf({ secrets, withheld, releases, guessed }: ReaderRole): readonly string[] {
  return warningsNaming([
    ["Left out, so that their drift could not be told", releases],
    ["The role may read these secrets, in any namespace, as a refresh does", secrets],
    ["Not granted, since the name of the secret is not known yet (give a state export)", withheld],
    ["Called by the rule, since no definition is in the stack (`kubectl api-resources` tells)", guessed],
  ]);
}

function releaseOf(urn: string, file: string): Mistake {
  return {
    code: "DPX753",
    message:
      `The release of Helm "${urn.split("::").at(-1) ?? urn}" is read from all secrets of its namespace, ` +
      "which are not granted.",
    fix:
      "Add `--allow-missing`, and let its drift go untold or grant them by hand; " +
      "or render the chart into objects of the program.",
    file,
  };
}

function nothingOfKubernetes(file: string): Mistake {
  return {
    code: "DPX754",
    message: "There is no object of Kubernetes in it, so there is nothing to grant.",
    fix: "Give a stack that holds some. What reads AWS needs a policy: see `duplex iam-policy`.",
    file,
  };
}
