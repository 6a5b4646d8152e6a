/** `--stack-config Pulumi.prod.yaml`: settings of the stack's configuration, for a source that holds none of it. */
import { stackConfigKey, settingsOfStack } from "../../policies/stackSettings";
import { blindedSecret } from "../../inventory/sources/plain";
import { isRecord } from "../../lib/records";
import { UserError } from "../../model/errors";
import type { Io } from "../io";
import { readFileText } from "./readText";
import { parseYaml } from "./yaml";

/**
 * The settings under `duplex:policies`; undefined where the file has none.
 *
 * @throws UserError (DPX023) where it is no configuration of a stack
 */
export async function readStackConfigFile(file: string, io: Io): Promise<unknown> {
  const content = parseYaml(await readFileText(file, io), file);
  const config = isRecord(content) ? content.config : undefined;
  if (!isRecord(config)) {
    throw new UserError([
      {
        code: "DPX023",
        message: 'The file holds no group "config", as the configuration of a stack does.',
        fix: "Give the stack's own file, such as Pulumi.prod.yaml.",
        file,
      },
    ]);
  }
  const value = config[stackConfigKey];
  const isSecure = isRecord(value) && typeof value.secure === "string";
  return settingsOfStack(new Map([[stackConfigKey, isSecure ? blindedSecret : value]]));
}
