/**
 * docs/readers.md, made from the readers and the tables themselves: pure, so that a test can compare it with the file.
 */
import awsReasons from "./aws/reasons.json";
import { awsTypes, nothingModules, rowOf } from "./aws/registry";
import kubernetesReasons from "./kubernetes/reasons.json";
import { kindRow, kubernetesKinds } from "./kubernetes/registry";
import { nothingPackages } from "./nothing";
import { readerFamilies } from "./readers";
import { sortedUnique } from "./values";
import { byText } from "../lib/order";

/** The whole page. */
export function readersPage(): string {
  const count = readerFamilies.flatMap(({ readers }) => readers.flatMap(({ types }) => types)).length;
  const families = readerFamilies.flatMap(({ title, readers }) => [
    `## ${title}`,
    readers
      .flatMap(({ types, gives }) => types.map((type) => `- \`${type}\`: ${gives}`))
      .sort(byText)
      .join("\n"),
  ]);
  return [
    "# What is read",
    `${count} types are read. What a provider makes and neither a reader nor the lists at the end know is ` +
      'reported as "not judged", with its type, and never taken as fine. This page is made by ' +
      "`npx tsx inventory/writeDocs.ts`.",
    ...families,
    ...nothingSection(),
  ]
    .join("\n\n")
    .concat("\n");
}

function nothingSection(): readonly string[] {
  const types = awsTypes.filter((type) => rowOf(type)?.nothing !== undefined);
  const kinds = kubernetesKinds.filter((kind) => rowOfKind(kind)?.nothing !== undefined);
  return [
    "## Known to place nothing",
    `${types.length} types of AWS, all of ${nothingPackages.size} packages and of ${nothingModules.size} modules ` +
      `of AWS, and ${kinds.length} kinds of Kubernetes and of its operators place no replica, hold no data that a ` +
      "service lives on and route no request.",
    `Packages: ${listed(sortedUnique(nothingPackages))}.`,
    `Modules of AWS, with any type of theirs that comes later: ${listed(sortedUnique(nothingModules.keys()))}.`,
    "### Types of AWS",
    ...byReason(types, (type) => rowOf(type)?.nothing, awsReasons.nothing),
    "### Kinds of Kubernetes",
    ...byReason(kinds, (kind) => rowOfKind(kind)?.nothing, kubernetesReasons.nothing),
  ];
}

/** A paragraph for each reason, in the order of the reasons, and the list of what it holds for. */
function byReason(
  names: readonly string[],
  reasonOf: (name: string) => string | undefined,
  reasons: Readonly<Record<string, string>>,
): readonly string[] {
  return Object.entries(reasons).flatMap(([key, sentence]) => {
    const found = names.filter((name) => reasonOf(name) === key);
    return found.length === 0 ? [] : [sentence, found.map((name) => `- \`${name}\``).join("\n")];
  });
}

function rowOfKind(key: string): ReturnType<typeof kindRow> {
  const [group = "", kind = ""] = key.split("/");
  return kindRow(group, kind);
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
