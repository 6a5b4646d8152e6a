/** `duplex ledger`: contracts and outages to what is owed. */
import type { z } from "zod";
import { schemaMistakes } from "../../estate/schemaMistakes";
import { lineFinder, showPath } from "../../estate/source";
import { UserError } from "../../model/errors";
import { version } from "../../package.json";
import { ledgerOf } from "../../plan/ledger/ledger";
import { type LedgerPolicy, ledgerPolicySchema, type OutageRecord, outageRecordSchema } from "../../plan/ledger/policy";
import { type LedgerMistake, outageMistakes, policyMistakes } from "../../plan/ledger/policyMistakes";
import { ledgerDocument } from "../../report/ledger/document";
import { readFileText } from "../input/readText";
import { parseYaml } from "../input/yaml";
import type { Io } from "../io";
import { writeDocument } from "../output/writeDocument";
import type { LedgerOptions } from "./options";

/** @throws UserError with everything that is wrong with policy or outages */
export async function ledger(options: LedgerOptions, io: Io): Promise<void> {
  const policy = await readChecked(options.policy, ledgerPolicySchema, policyMistakes, io);
  const record = await outagesOf(options, policy, io);
  const { sources } = policy;
  const reckoned = ledgerOf(policy, record);
  await writeDocument(ledgerDocument({ ledger: reckoned, sources, source: options.policy, version }), options, io);
}

async function outagesOf(options: LedgerOptions, policy: LedgerPolicy, io: Io): Promise<OutageRecord> {
  const { outages: file, from, to, services, operators } = options;
  const mistakesOf = (record: OutageRecord) => outageMistakes(record, policy);
  const flags = { from, to, services, operators };
  const given = Object.values(flags).some((value) => value !== undefined);
  if (file !== undefined && !given) return readChecked(file, outageRecordSchema, mistakesOf, io);
  if (file !== undefined || from === undefined || to === undefined || (services ?? operators) === undefined) {
    throw new UserError([
      {
        code: "DPX608",
        message: file === undefined ? "The outage is not given." : "The outage is given by a file and by flags.",
        fix: "Give `--from`, `--to` and `--services`, or a record of outages by `--outages FILE`, not both.",
      },
    ]);
  }
  const one = { from, to, services: namesIn(services), operators: namesIn(operators) };
  // A mistake in a flag has no file.
  return checked({ outages: [one] }, outageRecordSchema, mistakesOf, undefined);
}

function namesIn(list = ""): readonly string[] {
  return list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** `--from` for `outages[0].from`: the record that flags stand for is nothing that anybody has written. */
function flagAt(at: readonly PropertyKey[]): string {
  const field = at.find((key) => typeof key === "string" && key !== "outages");
  return `--${String(field ?? "services")}`;
}

type Mistakes<T> = (value: T) => readonly LedgerMistake[];

async function readChecked<T>(file: string, schema: z.ZodType<T>, mistakesOf: Mistakes<T>, io: Io): Promise<T> {
  const text = await readFileText(file, io);
  return checked(parseYaml(text, file), schema, mistakesOf, { file, text });
}

function checked<T>(
  document: unknown,
  schema: z.ZodType<T>,
  mistakesOf: Mistakes<T>,
  source: { readonly file: string; readonly text: string } | undefined,
): T {
  const result = schema.safeParse(document);
  const mistakes = result.success ? mistakesOf(result.data) : schemaMistakes(result.error.issues, document);
  if (mistakes.length === 0 && result.success) return result.data;
  const lineOf = source === undefined ? () => undefined : lineFinder({ ...source, prefix: [] });
  throw new UserError(
    mistakes.map(({ code, message, fix, at }) => ({
      code,
      message,
      fix,
      path: source === undefined ? flagAt(at) : showPath(at),
      file: source?.file,
      line: lineOf(at),
    })),
  );
}
