import { visible, visibleLines } from "../../lib/visible";
import { asidesOf, blocksOf, findingsOf, type Document, type Finding, type Level, type Place } from "../document";
import { sentencesOf, titleOf } from "./sentences";
import type { Writer } from "./writer";

/** How a workflow of GitHub Actions calls each level. */
const commands: Readonly<Record<Level, string>> = { error: "error", warning: "warning", note: "notice" };

/** Workflow commands of GitHub Actions: one annotation for each finding, and the verdict as a notice. */
export const github: Writer = (document) => [`${linesOf(document).join("\n")}\n`];

function linesOf(document: Document): readonly string[] {
  const { headline, tool, rules } = document;
  const pages = new Map(rules.map(({ id, helpUri }) => [id, helpUri]));
  return [
    ...(headline === undefined ? [] : [command("notice", { title: tool.name }, headline.text)]),
    // An annotation stands in the diff: what the change has left as it was has no place there.
    ...findingsOf(document)
      .filter(({ baseline }) => baseline !== "unchanged")
      .map((finding) =>
        command(commands[finding.level], propertiesOf(finding), bodyOf(finding, pages.get(finding.rule))),
      ),
    // What somebody has taken is said where it stands, and is nobody's error; what is gone stands nowhere.
    ...asidesOf(document).flatMap(({ finding, taken }) =>
      taken === undefined
        ? []
        : [command("notice", propertiesOf(finding), `${visible(finding.message)}\n${visible(taken.reason)}`)],
    ),
    ...blocksOf(document, "unjudged").flatMap(({ title, level, items }) =>
      items.map(({ resource, reason, place }) =>
        command(commands[level], { ...locationOf(place), title }, visible(`${resource}: ${reason}`)),
      ),
    ),
  ];
}

function propertiesOf(finding: Finding): Properties {
  return { ...locationOf(finding.place), title: subjectOf(finding) };
}

function locationOf({ path, line }: Place): Properties {
  if (path === null) return {};
  return line === undefined ? { file: path } : { file: path, line: String(line) };
}

/** What is named for a rule says itself how grave it is. */
function subjectOf({ name, mark }: Finding): string {
  return name.by === "rule" ? titleOf(name) : `${mark}: ${titleOf(name)}`;
}

/** @param page on its rule, below all else */
function bodyOf(finding: Finding, page: string | undefined): string {
  const { name, resources } = finding;
  const lines = name.by === "rule" ? [visible(`Resource: ${resources[0] ?? "none"}`)] : [];
  return [...sentencesOf(finding), ...lines, ...(page === undefined ? [] : [page])].join("\n");
}

type Properties = Readonly<Record<string, string>>;

function command(name: string, properties: Properties, message: string): string {
  const given = Object.entries(properties).map(
    ([key, value]) => `${key}=${escapeData(visible(value)).replace(/:/g, "%3A").replace(/,/g, "%2C")}`,
  );
  return `::${name} ${given.join(",")}::${escapeData(visibleLines(message))}`;
}

/** As the runner's own toolkit escapes: a line break would end the command and let a name start another. */
function escapeData(value: string): string {
  return value.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
