/** Which values of a state or plan are encrypted: they are judged as not known, and a reader should know which. */

/** At most so many are named; the number of the rest is said. */
const mostNamed = 10;

/** Sentences that name the encrypted values of a document; empty where there are none. */
export function encryptedNotes(document: unknown): readonly string[] {
  const names = [...new Set(encryptedValues(document))].sort();
  if (names.length === 0) return [];
  const shown = names.slice(0, mostNamed).join(", ");
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : "";
  const subject = names.length === 1 ? "1 value is" : `${names.length} values are`;
  return [
    `${subject} encrypted and taken as not known: ${shown}${more}. \`pulumi stack export --show-secrets\` opens them.`,
  ];
}

interface Visit {
  readonly value: unknown;
  readonly urn: string;
  readonly path: string;
}

/** `<urn>.<property path>` of each; walks with a stack of its own, for a document may nest deeply. */
function* encryptedValues(document: unknown): Generator<string> {
  const left: Visit[] = [{ value: document, urn: "", path: "" }];
  for (let visit = left.pop(); visit !== undefined; visit = left.pop()) {
    const { value, urn, path } = visit;
    if (typeof value !== "object" || value === null) continue;
    if (Array.isArray(value)) {
      value.forEach((item: unknown, index) => left.push({ value: item, urn, path: `${path}[${index}]` }));
      continue;
    }
    const object = value as Readonly<Record<string, unknown>>;
    if (typeof object["ciphertext"] === "string" && object["plaintext"] === undefined) {
      if (urn !== "") yield `${urn}.${path}`;
      continue;
    }
    const own = object["urn"];
    const inside = typeof own === "string" && own.startsWith("urn:") ? { urn: own, path: "" } : { urn, path };
    for (const [key, member] of Object.entries(object)) left.push({ ...next(inside, key), value: member });
  }
}

function next({ urn, path }: Omit<Visit, "value">, key: string): Omit<Visit, "value"> {
  // Inputs and outputs hold the same properties: one name for both.
  if (path === "" && (key === "inputs" || key === "outputs")) return { urn, path: "" };
  return { urn, path: path === "" ? key : `${path}.${key}` };
}
