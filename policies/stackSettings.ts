/** Key of the stack's configuration that holds a policy configuration. */
const configKey = "duplex:policies";

/**
 * Settings out of the configuration of the stack that is judged; the engine hands it to a policy pack by the environment.
 *
 * @returns undefined where the stack says nothing; the text itself where it is no JSON, so that the settings' own check
 * refuses it
 */
export function stackSettings(environment: Readonly<Record<string, string | undefined>>): unknown {
  const config = parsed(environment.PULUMI_CONFIG ?? "{}");
  if (typeof config !== "object" || config === null) return undefined;
  const value: unknown = Object.entries(config).find(([key]) => key === configKey)?.[1];
  return typeof value === "string" ? parsed(value) : value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
