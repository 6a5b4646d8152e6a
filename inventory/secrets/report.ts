/**
 * A report without what is known to be secret. Who opens a state's secrets (`pulumi stack export --show-secrets`) has
 * them judged by, and a name or an address among them would be told in a sentence.
 */
import type { KnownSecrets } from "./text";

/** Fields that hold words of ours, whatever a secret is called. */
const ownWords: ReadonlySet<string> = new Set([
  ...["$schema", "formatVersion", "tool", "verdict", "level", "severity", "tier", "status", "kind", "class", "layer"],
  ...["policy", "code", "type", "lost"],
]);

/** The same data where nothing is known. URNs stay: what they are made of stands in the program. */
export function withoutKnown<T>(report: T, known: KnownSecrets): T {
  return known.isEmpty ? report : (hidden(report, known) as T);
}

function hidden(value: unknown, known: KnownSecrets): unknown {
  if (typeof value === "string") return value.startsWith("urn:pulumi:") ? value : known.hiddenIn(value);
  if (Array.isArray(value)) return value.map((item) => hidden(item, known));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]): [string, unknown] => [
      key,
      ownWords.has(key) ? member : hidden(member, known),
    ]),
  );
}
