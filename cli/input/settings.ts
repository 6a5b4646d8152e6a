/** Settings of the judgement: `--config` in the form of the policy pack's own configuration, and `--sites`. */
import { resolve } from "node:path";
import { z } from "zod";
import { readEstateFile } from "../../estate/readEstateFile";
import { resolveSite } from "../../estate/resolve";
import { estateSchema } from "../../estate/schema";
import type { Site } from "../../model";
import type { Policy } from "../../policies/policy";
import { estateKey, parseSettings, refuseUnloadedRules, type Settings } from "../../policies/settings";
import { stackConfigKey } from "../../policies/stackSettings";
import { blindedSecret } from "../../inventory/sources/plain";
import { UserError } from "../../model/errors";
import type { Io } from "../io";
import { parseJson, settingsFix } from "./parseJson";
import { readFileText } from "./readText";
import { schemaError } from "./schemaError";
import { isRecord } from "../../lib/records";

/** Files that the user named. */
export interface SettingsFiles {
  readonly config?: string;
  readonly sites?: string;
}

/** What the files hold; read before the resources, so that a mistake in them is told at once. */
export interface GivenSettings {
  readonly config: unknown;
  readonly configFile?: string;
  readonly sites: readonly Site[];
}

/** @param policies that may be named. @default the catalogue */
export async function readSettings(
  { config, sites }: SettingsFiles,
  io: Io,
  policies?: readonly Policy[],
): Promise<GivenSettings> {
  const given = {
    config: config === undefined ? undefined : parseJson(await readFileText(config, io), config, settingsFix),
    configFile: config,
    sites: sites === undefined ? [] : await readSites(sites, io),
  };
  combineSettings(given, undefined, policies);
  return given;
}

/**
 * The settings in force: the file's over those of the stack's configuration (`duplex:policies`), as in the policy pack.
 *
 * @param policies that may be named. @default the catalogue
 * @throws UserError with every mistake of both.
 */
export function combineSettings(
  { config, configFile, sites }: GivenSettings,
  stack: unknown,
  policies?: readonly Policy[],
): Settings {
  if (stack !== undefined) refuseBlinded(stack);
  refuseUnloadedRules(stack, stackConfigKey, policies);
  refuseUnloadedRules(config, configFile, policies);
  const own = stack === undefined ? undefined : parseSettings(stack, stackConfigKey, policies);
  const both =
    isRecord(stack) && (config === undefined || isRecord(config))
      ? { ...stack, ...config, [estateKey]: { ...recordAt(stack), ...recordAt(config) } }
      : (config ?? stack);
  const settings = config === undefined && own !== undefined ? own : parseSettings(both, configFile, policies);
  const all = [...(settings.inventory.sites ?? []), ...sites];
  return { ...settings, inventory: { ...settings.inventory, sites: all } };
}

/** What only the stack's key can open stands as `[secret]` in a preview, and in a program that is run without it. */
function refuseBlinded(stack: unknown): void {
  if (stack !== blindedSecret) return;
  throw new UserError([
    {
      code: "DPX316",
      message: `The stack's settings are a secret of its configuration, and cannot be read from here.`,
      fix: `Set them in clear, with \`pulumi config set ${stackConfigKey}\`: settings of policies are no secret.`,
      path: stackConfigKey,
    },
  ]);
}

function recordAt(settings: unknown): Readonly<Record<string, unknown>> {
  const own = isRecord(settings) ? settings[estateKey] : undefined;
  if (typeof own === "string") return { enforcementLevel: own };
  return isRecord(own) ? own : {};
}

/** The estate of a stack's configuration (YAML), or JSON: `{ "sites": [...] }` or the list itself. */
async function readSites(file: string, io: Io): Promise<readonly Site[]> {
  if (/\.ya?ml$/i.test(file)) return readEstateFile(resolve(io.cwd, file)).sites;
  const value = parseJson(await readFileText(file, io), file, settingsFix);
  const document = Array.isArray(value) ? { sites: value as readonly unknown[] } : value;
  const schema = z.strictObject({ $schema: z.string().optional(), sites: z.array(estateSchema.shape.sites.element) });
  const result = schema.safeParse(document);
  if (result.success) return result.data.sites.map(resolveSite);
  throw schemaError(result.error, document, file);
}
