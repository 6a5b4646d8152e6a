/**
 * Who has set a field of a Kubernetes object: the API server notes the manager of each field, and when it last wrote
 * (https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management).
 */
import type { Value } from "../inventory/resource";
import { at, entries, field, items, text } from "../inventory/values";
import { deployedAt, utcSeconds, type Attribution, type ChangeLog, type DriftedResource } from "./attribution";
import { segments } from "./paths";

/** Reads the actual object. It says nothing of what is gone, nor of a field that nobody holds any more. */
export const managedFields: ChangeLog = {
  changesOf(resource) {
    const { drift, after } = resource;
    if (!drift.type.startsWith("kubernetes:") || drift.kind !== "changed" || after === undefined) return [];
    const paths = drift.changes.map(({ path }) => segments(path));
    return items(at(after.resource.properties, "metadata", "managedFields"))
      .filter((entry) => paths.some((path) => holds(field(entry, "fieldsV1"), after.resource.properties, path)))
      .flatMap((entry) => attributionOf(entry, resource));
  },
};

function attributionOf(entry: Value, resource: DriftedResource): readonly Attribution[] {
  const manager = text(field(entry, "manager"));
  const time = Date.parse(text(field(entry, "time")) ?? "");
  if (manager === undefined || Number.isNaN(time)) return [];
  const deployed = deployedAt(resource);
  if ((deployed !== undefined && time <= deployed) || wasThere(entry, resource)) return [];
  const what = [text(field(entry, "operation")) ?? "Update", text(field(entry, "subresource"))];
  return [
    {
      source: "managedFields",
      who: manager,
      when: utcSeconds(time),
      what: what.filter((part) => part !== undefined).join(" "),
      eventId: null,
    },
  ];
}

/** A manager that has not written since the deployment has not made the drift. */
function wasThere(entry: Value, { before }: DriftedResource): boolean {
  const same = (key: string) => (other: Value) => field(other, key) === field(entry, key);
  return items(at(before?.resource.properties, "metadata", "managedFields")).some((other) =>
    ["manager", "operation", "subresource", "time"].every((key) => same(key)(other)),
  );
}

/**
 * Whether a set of fields holds a path of the object: `f:` a member, `k:` an item by its keys, `v:` by its value, `i:`
 * by its index.
 */
function holds(fields: Value, object: Value, [part, ...rest]: readonly string[]): boolean {
  if (part === undefined) return true;
  const inner = memberAt(object, part);
  // Nothing below a member: a value, or a list or map that its manager holds as a whole.
  return entries(fields).some(
    ([key, value]) => isMember(key, part, inner) && (entries(value).length === 0 || holds(value, inner, rest)),
  );
}

/** The path of a change names an item by its index or, where all items have one, by a name. */
function memberAt(object: Value, part: string): Value {
  if (!Array.isArray(object) || /^\d+$/.test(part)) return field(object, part);
  return items(object).find((item) => entries(item).some(([, value]) => value === part));
}

function isMember(key: string, part: string, member: Value): boolean {
  const [kind, name] = [key.slice(0, 2), key.slice(2)];
  switch (kind) {
    case "f:":
    case "i:":
      return name === part;
    case "k:":
      return entries(parsed(name)).every(([each, value]) => field(member, each) === value);
    case "v:":
      return [part, shown(member)].includes(shown(parsed(name)));
    default:
      return false;
  }
}

function shown(value: Value): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function parsed(json: string): Value {
  try {
    return JSON.parse(json) as Value;
  } catch {
    return undefined;
  }
}
