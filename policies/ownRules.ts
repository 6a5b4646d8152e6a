/** Rules of one's own: what a file of them exports, read as policies that are judged beside the catalogue. */
import { z } from "zod";
import { schemaMistakes } from "../estate/schemaMistakes";
import { isRecord } from "../lib/records";
import { domainKinds, UserError, type Mistake } from "../model";
import { faultOf } from "./knobs";
import type { Policy, PolicyContext, Violation } from "./policy";

/** What a file of rules exports. */
export interface RuleFile {
  readonly file: string;
  readonly exports: unknown;
}

const text = z.string().min(1);
const level = z.enum(["mandatory", "advisory"]);

const knobSchema = z.strictObject({
  type: z.enum(["number", "integer", "string", "boolean", "array"]),
  description: text,
  default: z.unknown().refine((value) => value !== undefined, "Write the value that holds where settings say none"),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  enum: z.array(z.string()).optional(),
  items: z.strictObject({ type: z.enum(["string", "number"]) }).optional(),
});

/** The form of `Policy`, for what nobody has type checked. */
const ruleSchema = z.strictObject({
  name: z.custom(
    (value) => typeof value === "string" && /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(value),
    "Write small letters and figures, with hyphens between the words",
  ),
  code: z.custom(
    (value) => typeof value === "string" && /^[A-Z]{2,10}-?\d{1,5}$/.test(value),
    "Write two to ten capital letters and a number, such as ACME001",
  ),
  title: text,
  family: z.enum([
    ...(["concentration", "reserve", "routing", "data", "backup"] as const),
    ...(["startup", "kubernetes", "intake", "operations", "proof"] as const),
  ] satisfies readonly Policy["family"][]),
  severity: z.enum(["critical", "high", "medium", "low"] satisfies readonly Policy["severity"][]),
  rows: z.array(z.string()),
  why: text,
  proves: text,
  fix: z.strictObject({ text, snippet: z.string() }),
  asksFor: text.optional(),
  loss: z.enum(domainKinds).optional(),
  levels: z.strictObject({ critical: level.optional(), important: level.optional(), standard: level.optional() }),
  config: z.record(z.string(), knobSchema),
  judge: z.custom((value) => typeof value === "function", "Write a function over the context"),
} satisfies Record<keyof Policy, z.ZodType>);

const violationSchema = z.looseObject({
  verdict: z.enum(["broken", "unknown"]),
  service: z.string().optional(),
  lost: z.array(z.string()),
  urns: z.array(z.string()).min(1),
  message: text,
  fix: text.optional(),
  advises: z.boolean().optional(),
  properties: z.array(z.string()).optional(),
});

/** Names that settings use for something else. */
const reserved = ["all", "estate"];

/**
 * The rules of these files, in the files' order.
 *
 * @param catalogue whose names and codes are taken
 * @throws UserError (DPX036 to DPX038) with every mistake of every file
 */
export function readRules(files: readonly RuleFile[], catalogue: readonly Policy[]): readonly Policy[] {
  const mistakes: Mistake[] = [];
  const rules = files.flatMap(({ file, exports }) => {
    const found = rulesIn(exports);
    if (found.length === 0) mistakes.push({ ...noRule, file });
    return found.map(({ at, value }) => ({ file, at, value, faults: faultsOf(value) }));
  });
  const takenBy = new Map<string, string>(reserved.map((name) => [name, "settings"]));
  for (const { name, code } of catalogue) takenBy.set(name, "Duplex").set(code, "Duplex");
  for (const { file, at, value, faults } of rules) {
    mistakes.push(
      ...faults.map((fault) => ({ ...fault, file, path: [at, fault.path].filter(Boolean).join(".") })),
      ...takenIn(value, takenBy, file).map((fault) => ({ ...fault, file, path: `${at}.${fault.path}` })),
    );
  }
  if (mistakes.length > 0) throw new UserError(mistakes);
  return rules.map(({ value }) => checked(value as unknown as Policy));
}

const noRule: Mistake = {
  code: "DPX036",
  message: "This file exports no rule.",
  fix: "Export an object of the form of `Policy` of duplex/policies, or move the file out of the folder.",
};

interface Exported {
  /** Name under which it is exported. */
  readonly at: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** Every object that is exported, once; functions and texts beside them are the file's own affair. */
function rulesIn(exports: unknown): readonly Exported[] {
  const isOne = isRecord(exports) && typeof exports["judge"] === "function";
  const entries = isRecord(exports) && !isOne ? Object.entries(exports) : [["module.exports", exports] as const];
  const seen = new Set<unknown>();
  return entries
    .flatMap(([at, value]) =>
      Array.isArray(value)
        ? value.map((one: unknown, index) => [`${at}[${index}]`, one] as const)
        : [[at, value] as const],
    )
    .flatMap(([at, value]) => {
      if (!isRecord(value) || seen.has(value)) return [];
      seen.add(value);
      return [{ at, value }];
    });
}

/** What is wrong with the form of one rule, by its fields. */
function faultsOf(rule: Readonly<Record<string, unknown>>): readonly Mistake[] {
  const result = ruleSchema.safeParse(rule);
  if (!result.success) {
    return schemaMistakes(result.error.issues, rule).map(({ message, fix, path }) => ({
      ...{ code: "DPX037", message, fix },
      ...(path === undefined ? {} : { path }),
    }));
  }
  return Object.entries(result.data.config).flatMap(([name, knob]) => {
    const fault = faultOf(knob, knob.default);
    if (fault === undefined) return [];
    return [
      {
        code: "DPX037",
        message: `The default of the setting "${name}" ${fault}, and is ${JSON.stringify(knob.default)}.`,
        fix: "Write a default that the setting itself allows.",
        path: `config.${name}.default`,
      },
    ];
  });
}

/** Names and codes that somebody else has; those of this rule are taken from now on. */
function takenIn(
  rule: Readonly<Record<string, unknown>>,
  takenBy: Map<string, string>,
  file: string,
): readonly (Mistake & { readonly path: string })[] {
  return (["name", "code"] as const).flatMap((path) => {
    const word = rule[path];
    if (typeof word !== "string") return [];
    const own = path === "code" && /^dpx/i.test(word) ? "Duplex" : undefined;
    const owner = own ?? takenBy.get(word);
    if (owner === undefined) {
      takenBy.set(word, file);
      return [];
    }
    const fix =
      own === undefined
        ? `Write another ${path}: settings, exemptions and reports know a rule by it.`
        : "Write a code of your own, such as ACME001: codes that begin with DPX are those of Duplex.";
    return [{ code: "DPX038", message: `The ${path} "${word}" is taken by ${owner}.`, fix, path }];
  });
}

/** A rule whose violations lack what a report needs has not judged: it fails, and that is a finding. */
function checked(rule: Policy): Policy {
  return { ...rule, judge: (context) => violationsOf(rule, context) };
}

function violationsOf(rule: Policy, context: PolicyContext): readonly Violation[] {
  return [...rule.judge(context)].map((violation) => {
    const result = violationSchema.safeParse(violation);
    if (result.success) return violation;
    const [first] = schemaMistakes(result.error.issues, violation);
    throw new Error(
      `a violation has the wrong form at "${first?.path ?? ""}": ${first?.message ?? ""} ${first?.fix ?? ""}`,
    );
  });
}
