/**
 * Components that a provider plugin builds, out of resources that only an engine with that plugin sees. Without one the
 * rest of the program is judged, and they are told of with what their vendor says that they make (Pulumi Registry,
 * pages of awsx, eks and kubernetes).
 */
import type { NotJudged } from "../../../model";
import { UserError } from "../../../model/errors";
import known from "./pluginComponents.json";
import { useTheEngine } from "./project";

/** One of them, as the program has registered it. */
export interface PluginComponent {
  readonly urn: string;
  readonly type: string;
}

const makes: Readonly<Record<string, string>> = known;

export function notBuilt({ urn, type }: PluginComponent): NotJudged {
  const made = Object.hasOwn(makes, type) ? makes[type] : undefined;
  const what = made === undefined ? "what it makes is not known" : `it makes ${made}`;
  return { urn, type, reason: `It is built inside a provider plugin, and ${what}.` };
}

/** For whoever would write something that lacks what these make. */
export function refuseNotBuilt(components: readonly PluginComponent[], file: string): void {
  if (components.length === 0) return;
  throw new UserError(
    components.map(({ urn, type }) => ({
      code: "DPX028",
      message: `The component ${type} "${urn.split("::").at(-1) ?? urn}" is built inside a provider plugin.`,
      fix: useTheEngine,
      file,
    })),
  );
}
