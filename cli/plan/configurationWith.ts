/** A stack's configuration with a plan in it: what is not planned stays as it was written, to the letter. */
import { isMap, isNode, isScalar, isSeq, parseDocument, type Pair, type YAMLMap } from "yaml";
import { parseEstate } from "../../estate/parse";
import { planMistakes } from "../../estate/servicePlan";
import { estateKey } from "../../estate/source";
import { isRecord } from "../../lib/records";
import { UserError } from "../../model/errors";
import type { EstatePlan, PlannedService } from "../../plan/planEstate";
import type { Io } from "../io";
import { readFileText } from "../input/readText";

/** Text that takes the place of what stands from one offset to another. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

interface ValuePlace {
  /** Offset of the key. */
  readonly key: number;
  /** Offset of what stands between the key and the value. */
  readonly colon: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The file's text with the planned units and sites of every service that does not run so already.
 *
 * @throws UserError (DPX604) where a service is not written in one place; others where it would not be valid so
 */
export async function configurationWith({ services }: EstatePlan, file: string, io: Io): Promise<string> {
  const text = await readFileText(file, io);
  const nodes = parseDocument(text, { merge: true }).getIn(["config", estateKey, "services"]);
  const changed = new Map(services.filter(isChanged).map((service) => [service.service, service]));
  const edits: Edit[] = [];
  for (const node of isSeq(nodes) ? nodes.items : []) {
    const service = isMap(node) ? changed.get(String(node.get("name"))) : undefined;
    if (!isMap(node) || service === undefined) continue;
    changed.delete(service.service);
    edits.push(...editsOf(node, service, text, file));
  }
  for (const service of changed.keys()) throw notInOnePlace(service, file);
  const written = edited(text, edits);
  refuseInvalid(written, file);
  return written;
}

function isChanged({ sites }: PlannedService): boolean {
  return sites.some(({ units, todayUnits }) => units !== todayUnits);
}

/** A site without units is one that the service leaves. */
function editsOf(node: YAMLMap, { service, sites }: PlannedService, text: string, file: string): readonly Edit[] {
  const used = sites.filter(({ units }) => units > 0);
  const units = `{ ${used.map(({ site, units: count }) => `${site}: ${count}`).join(", ")} }`;
  const names = placeOf(pairOf(node, "sites"), text);
  if (names === undefined) throw notInOnePlace(service, file);
  const list = { from: names.colon, to: names.to, text: `: [${used.map(({ site }) => site).join(", ")}]` };
  const earlier = placeOf(pairOf(node, "units"), text);
  if (earlier !== undefined) return [list, { from: earlier.from, to: earlier.to, text: units }];
  const indent = names.key - (text.lastIndexOf("\n", names.key - 1) + 1);
  const gap = node.flow === true ? ", " : `\n${" ".repeat(indent)}`;
  return [{ from: names.key, to: names.key, text: `units: ${units}${gap}` }, list];
}

function pairOf(node: YAMLMap, key: string): Pair | undefined {
  return node.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
}

/** Offsets of a pair's key and of its value; undefined where the value stands elsewhere, behind an anchor. */
function placeOf(pair: Pair | undefined, text: string): ValuePlace | undefined {
  const { key, value } = pair ?? {};
  if (!isNode(key) || !(isSeq(value) || isMap(value))) return undefined;
  const [at, colon] = key.range ?? [];
  const [from, to] = value.range ?? [];
  if (at === undefined || colon === undefined || from === undefined || to === undefined) return undefined;
  // A list of lines ends where the next key begins: the line break between them is not its own.
  return { key: at, colon, from, to: from + text.slice(from, to).trimEnd().length };
}

function edited(text: string, edits: readonly Edit[]): string {
  // From the end: what stands before an edit keeps its offsets.
  return [...edits]
    .sort((one, other) => other.from - one.from)
    .reduce((all, { from, to, text: by }) => `${all.slice(0, from)}${by}${all.slice(to)}`, text);
}

function refuseInvalid(text: string, file: string): void {
  const content: unknown = parseDocument(text, { merge: true }).toJS();
  const config = isRecord(content) ? content["config"] : undefined;
  const estate = parseEstate(isRecord(config) ? config[estateKey] : undefined, { file, text });
  const mistakes = planMistakes(estate);
  if (mistakes.length > 0) throw new UserError(mistakes.map((mistake) => ({ ...mistake, file })));
}

function notInOnePlace(service: string, file: string): UserError {
  return new UserError([
    {
      code: "DPX604",
      message: `The sites of "${service}" are not written with the service, but behind an anchor or in another form.`,
      fix: "Write `sites` as a list of the service itself, or copy the units out of `--format json`.",
      file,
    },
  ]);
}
