/** Settings out of the configuration of the stack that is judged. */

/** Key of the stack's configuration that holds a policy configuration. */
export const stackConfigKey = "duplex:policies";

/**
 * Settings out of a stack's configuration, a value by key as the engine gives it: JSON in a text.
 *
 * @returns undefined where the stack says nothing; the text itself where it is no JSON, so that the settings' own check
 * refuses it
 */
export function settingsOfStack(config: ReadonlyMap<string, unknown>): unknown {
  const value = config.get(stackConfigKey);
  return typeof value === "string" ? parsed(value) : value;
}

/** The same, out of the environment in which the engine runs a program: `PULUMI_CONFIG`. */
export function stackSettings(environment: Readonly<Record<string, string | undefined>>): unknown {
  const config = parsed(environment.PULUMI_CONFIG ?? "{}");
  return typeof config === "object" && config !== null ? settingsOfStack(new Map(Object.entries(config))) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
