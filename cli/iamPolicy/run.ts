/** `duplex iam-policy`: the least that a role needs to read a stack. */
import { extname } from "node:path";
import { visible, visibleJson } from "../../lib/visible";
import { policiesOfRole, readerPolicy, type PolicyDocument, type ReaderPolicy } from "../../drift/permissions";
import { UserError, type Mistake } from "../../model/errors";
import { refuseNotBuilt } from "../engine/program/pluginComponents";
import { readSource } from "../input/readSource";
import type { Io } from "../io";
import { warningsNaming } from "../output/warnings";
import { writeAnswer } from "../output/writeAnswer";
import type { IamPolicyOptions } from "./options";

/**
 * Reads a stack and writes the policy.
 *
 * @throws UserError (DPX750 for types that have no row, DPX751 without anything of AWS, DPX752 for several to one
 * stream)
 */
export async function iamPolicy(path: string, options: IamPolicyOptions, io: Io): Promise<void> {
  const { output, allowMissing, live, backend: bucket, kmsKey } = options;
  const { resources, components = [] } = await readSource(path, options, io);
  if (!allowMissing) refuseNotBuilt(components, path);
  const policy = readerPolicy(resources, { live, backend: { bucket, kmsKey } });
  const { documents, missing } = policy;
  if (missing.length > 0 && !allowMissing) throw new UserError(missing.map((each) => unknownType(each, path)));
  if (documents.length === 0) throw new UserError([nothingOfAws(path)]);
  if (documents.length > 1 && output === undefined) throw new UserError([severalToOneStream(documents.length)]);
  for (const [at, document] of documents.entries()) {
    const file = output === undefined || documents.length === 1 ? output : numbered(output, at + 1);
    await writeAnswer(textOf(document), file, io);
  }
  for (const line of warningsOf(policy)) io.err(`${visible(line)}\n`);
}

function textOf(document: PolicyDocument): string {
  return `${visibleJson(JSON.stringify(document, null, 2))}\n`;
}

/** `reader-2.json` of `reader.json`. */
function numbered(file: string, number: number): string {
  const ending = extname(file);
  return `${file.slice(0, file.length - ending.length)}-${number}${ending}`;
}

function warningsOf({ documents, missing, contents, withheld, everywhere }: ReaderPolicy): readonly string[] {
  const left = missing.map(({ type }) => type);
  return [
    ...warningsNaming([
      ["Left out, so that their drift could not be told", left],
      ["The role may read what these hold, as a refresh does", contents],
      ["Not granted, since the ARN of what they hold is not known yet (give a state export)", withheld],
      ["Granted in every region, since that of some resources is not known", everywhere],
    ]),
    ...(documents.length <= policiesOfRole
      ? []
      : [`These are ${documents.length} policies; a role takes ${policiesOfRole} unless its quota is raised.`]),
  ];
}

function unknownType({ type, count }: ReaderPolicy["missing"][number], file: string): Mistake {
  return {
    code: "DPX750",
    message: `It is not known which calls read a ${type}; the stack holds ${count}.`,
    fix:
      "Add `--allow-missing`, and grant by hand what the provider asks for: `pulumi refresh --preview-only` names " +
      "the action that is refused.",
    file,
  };
}

function nothingOfAws(file: string): Mistake {
  return {
    code: "DPX751",
    message: "There is no resource of AWS in it whose reading is known, so there is nothing to grant.",
    fix:
      "Give a stack that holds resources of AWS. " +
      "What reads Kubernetes needs a ClusterRole: see `duplex cluster-role`.",
    file,
  };
}

function severalToOneStream(count: number): Mistake {
  return {
    code: "DPX752",
    message: `The policy is too long for one: it takes ${count}, which cannot go into one stream.`,
    fix: "Give `--output FILE`: each gets a number.",
  };
}
