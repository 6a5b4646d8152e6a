/** A registered object as it may be printed: without what is Pulumi's own, and without the value of any secret. */
import { securePlaceholder } from "../engine/program/stackConfig";
import { isMarked, isSecret, isWireObject, unknownText, type Wire, type WireObject } from "../engine/program/wire";

export interface Printable {
  /** Keys sorted: the same program gives the same bytes. */
  readonly object: WireObject;
  /** Paths of values that only a deployment knows, sorted; the engine's mark of the unknown stands in their place. */
  readonly unknown: readonly string[];
  /** Paths of values that are secret, sorted; a placeholder stands in their place. */
  readonly secret: readonly string[];
}

/**
 * Fields of a Secret whose values are secret even where the program did not say so, and how their values are written.
 */
const secretFields: Readonly<Record<string, string>> = {
  data: Buffer.from(securePlaceholder).toString("base64"),
  stringData: securePlaceholder,
};

/** @param inputs of one object, as the engine's protocol writes them */
export function printable(inputs: WireObject): Printable {
  const unknown: string[] = [];
  const secret: string[] = [];
  const ofSecret = inputs["kind"] === "Secret" && inputs["apiVersion"] === "v1";

  /** @param mask what is written for every text in here. @default it is no secret */
  const visit = (value: Wire, path: string, mask?: string): Wire => {
    if (isSecret(value)) return visit(value["value"] ?? null, path, mask ?? securePlaceholder);
    if (value === unknownText || isMarked(value)) {
      unknown.push(path);
      return unknownText;
    }
    if (isWireObject(value)) return visitObject(value, path, mask);
    if (typeof value === "object" && value !== null) {
      return value.map((item, index) => visit(item, `${path}[${index}]`, mask));
    }
    // A secure setting that the program reads in the open has been replaced before: its place is still worth telling.
    const replaced = typeof value === "string" && value.includes(securePlaceholder);
    if (value !== null && (mask !== undefined || replaced)) secret.push(path);
    return value === null ? null : (mask ?? value);
  };
  const visitObject = (object: WireObject, path: string, mask?: string): WireObject => {
    const keys = Object.keys(object).filter((key) => !isPulumiOwn(key));
    return Object.fromEntries(
      keys.sort().map((key) => {
        const own = ofSecret && path === "" && Object.hasOwn(secretFields, key) ? secretFields[key] : undefined;
        return [key, visit(object[key] ?? null, path === "" ? key : `${path}.${key}`, own ?? mask)];
      }),
    );
  };

  const object = visitObject(inputs, "");
  return { object, unknown: unknown.sort(), secret: secret.sort() };
}

/** What the engine keeps among inputs for its own use: `__defaults` and the like. No field of Kubernetes begins so. */
function isPulumiOwn(key: string): boolean {
  return key.startsWith("__");
}
