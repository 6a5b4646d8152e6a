/** The estate that a stack's configuration declares. */
import * as pulumi from "@pulumi/pulumi";
import { parseEstate, sourceOfStack, type EstateSpec } from "../../estate";

/**
 * What stands under `duplex:estate` in the configuration of the stack that runs, with its defaults filled in.
 *
 * @param folder of the project, where `Pulumi.<stack>.yaml` is looked for so that mistakes can say their lines.
 *   Default: the folder in which the engine runs the program
 * @throws UserError with every mistake of the estate; Pulumi shows it as text, without a stack trace
 */
export function estateOfStack(folder: string = process.cwd()): EstateSpec {
  const config = new pulumi.Config("duplex").getObject<unknown>("estate");
  return parseEstate(config, () => sourceOfStack(folder, pulumi.getStack(), config));
}
