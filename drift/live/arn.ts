/** ARNs: what they name, and by which type and id Pulumi takes it over. */
import { typesWith, rowOf } from "../../inventory/aws/registry";

export interface Arn {
  readonly service: string;
  /** Empty for what is in no region. */
  readonly region: string;
  readonly account: string;
  /** What follows the account, such as `table/ledger`. */
  readonly resource: string;
}

/** Undefined for what is no ARN (IAM User Guide, "Identify AWS resources with Amazon Resource Names"). */
export function parseArn(text: string): Arn | undefined {
  const [, service, region, account, resource] = /^arn:[^:]+:([^:]+):([^:]*):([^:]*):(.+)$/s.exec(text) ?? [];
  if (service === undefined || resource === undefined) return undefined;
  return { service, region: region ?? "", account: account ?? "", resource };
}

/** A form of ARNs of one service, and the type that they name. */
interface Form {
  readonly type: string;
  readonly pattern: RegExp;
  /** Characters that stand for themselves: of two forms that fit, the one with more of them says more. */
  readonly literal: number;
}

const words = /\$\{(\w+)(\*?)\}/g;

/** The forms of each service, the most literal first; made when the first ARN is asked for. */
let formsByService: ReadonlyMap<string, readonly Form[]> | undefined;

function formsOf(service: string): readonly Form[] {
  formsByService ??= makeForms();
  return formsByService.get(service) ?? [];
}

function makeForms(): ReadonlyMap<string, readonly Form[]> {
  const forms = new Map<string, Form[]>();
  for (const [type, written] of typesWith("arn")) {
    const colon = written.indexOf(":");
    const [service, resource] = [written.slice(0, colon), written.slice(colon + 1)];
    const form = { type, pattern: patternOf(resource), literal: resource.replace(words, "").length };
    forms.set(
      service,
      [...(forms.get(service) ?? []), form].sort((a, b) => b.literal - a.literal),
    );
  }
  return forms;
}

/** See `TypeRow.arn`. */
function patternOf(resource: string): RegExp {
  const escaped = resource.replace(/[.+?^()|[\]\\]/g, "\\$&");
  const source = escaped.replace(words, (_, word: string, any: string) =>
    word === "path" ? "(?:.+/)?" : `(?<${word}>${any === "" ? "[^/:]+" : ".+"})`,
  );
  return new RegExp(`^${source}$`, "s");
}

/** A type and an id for an ARN; the type is the service's and kind's own words where no row knows it. */
export function importOf(arn: string): { readonly type: string; readonly id?: string } {
  const parts = parseArn(arn);
  if (parts === undefined) return { type: "aws:unknown" };
  // A log group's ARN ends with `:*` in some answers and in others not.
  const resource = parts.resource.replace(/:\*$/, "");
  for (const { type, pattern } of formsOf(parts.service)) {
    const found = pattern.exec(resource);
    if (found !== null) return withId(type, { ...found.groups, arn, region: parts.region, account: parts.account });
  }
  const [, kind = ""] = /^([^:/]+)[:/].+$/s.exec(parts.resource) ?? [];
  return { type: `aws:${parts.service}${kind === "" ? "" : `/${kind}`}` };
}

function withId(
  type: string,
  found: Readonly<Record<string, string>>,
): { readonly type: string; readonly id?: string } {
  const id = rowOf(type)?.id;
  return id === undefined ? { type } : { type, id: id.replace(words, (_, word: string) => found[word] ?? "") };
}

/** The id at an ARN's end where AWS has drawn it, so that no two objects have it: `vpc-0a1b2c3d4e5f60718`. */
export function drawnId(arn: string): string | undefined {
  return /[:/]([a-z]+(?:-[a-z]+)*-[0-9a-f]{8,17})$/.exec(arn)?.[1];
}
