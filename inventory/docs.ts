/** docs/readers.md, made from the readers themselves: pure, so that a test can compare it with the file. */
import { harmlessLists } from "./harmless";
import { readerFamilies } from "./readers";
import { byCode } from "./values";

/** The whole page. */
export function readersPage(): string {
  const count = readerFamilies.flatMap(({ readers }) => readers.flatMap(({ types }) => types)).length;
  const families = readerFamilies.flatMap(({ title, readers }) => [
    `## ${title}`,
    readers
      .flatMap(({ types, gives }) => types.map((type) => `- \`${type}\`: ${gives}`))
      .sort(byCode)
      .join("\n"),
  ]);
  const { packages, awsModules, types, kinds, extensions } = harmlessLists();
  return [
    "# What is read",
    `${count} types are read. What a provider makes and neither a reader nor the lists at the end know is reported as "not ` +
      'judged", with its type, and never taken as fine. This page is made by `npx tsx inventory/writeDocs.ts`.',
    ...families,
    "## Known to place nothing",
    `${types.length} single types, all of ${packages.length} packages and of ${awsModules.length} modules of AWS, and ` +
      `${kinds.length} kinds of Kubernetes and ${extensions.length} of its extensions place no replica, hold no data that a service lives on and route no request.`,
    `Packages: ${listed(packages)}.`,
    `Modules of AWS: ${listed(awsModules)}.`,
    `Kinds of Kubernetes: ${listed(kinds)}.`,
    `Kinds of extensions: ${listed(extensions.map((type) => type.slice("kubernetes:".length)))}.`,
    types.map((type) => `- \`${type}\``).join("\n"),
  ]
    .join("\n\n")
    .concat("\n");
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
