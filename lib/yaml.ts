/** What a parsed document of YAML says, or why nobody can say it. */

/** A parser's document: the value that it makes of it, with every alias followed. */
interface Parsed {
  toJS(): unknown;
}

export type YamlValue = { readonly value: unknown } | { readonly fault: string };

/** Parses and reads; a text that nests too deeply for its parser is told as such too. */
export function guardedYaml<T>(read: () => T): T | { readonly fault: string } {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return { fault: "it nests more deeply than can be read" };
    if (error instanceof ReferenceError) return { fault: aliasFault(error) };
    if (error instanceof Error && error.message.startsWith("Merge sources")) {
      return { fault: "what a merge key `<<` names is no map" };
    }
    throw error;
  }
}

/** The value of a document without syntax mistakes. */
export function yamlValue(document: Parsed): YamlValue {
  return guardedYaml((): YamlValue => {
    const value = document.toJS();
    return isCircular(value) ? { fault: "an anchor stands inside of what it names, without an end" } : { value };
  });
}

/** More aliases than anybody writes by hand: a document made to exhaust its reader. */
function aliasFault({ message }: ReferenceError): string {
  return message.startsWith("Excessive alias count")
    ? "its aliases make it many times as large as it is written"
    : `an alias names nothing (${message.replace(/\.$/, "")})`;
}

function isCircular(value: unknown): boolean {
  const open = new Set<object>();
  const done = new Set<object>();
  const visit = (one: unknown): boolean => {
    if (typeof one !== "object" || one === null || done.has(one)) return false;
    if (open.has(one)) return true;
    open.add(one);
    const found = Object.values(one).some(visit);
    open.delete(one);
    done.add(one);
    return found;
  };
  return visit(value);
}
