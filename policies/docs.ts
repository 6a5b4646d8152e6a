/**
 * docs/policies and docs/incident.md, made from the catalogue: pure, so that a test can compare them with the files.
 */
import { defaultRequirements, tiers } from "../model";
import { levelInWords } from "./levels";
import { incidentRows } from "./incident";
import type { IncidentRow, KnobSchema, Policy } from "./policy";

/** Content of each generated file by its path below docs/. */
export function docsOf(catalogue: readonly Policy[]): ReadonlyMap<string, string> {
  const pages = catalogue.map((policy) => [`policies/${policy.name}.md`, pageOf(policy)] as const);
  return new Map([...pages, ["policies/README.md", indexOf(catalogue)], ["incident.md", incidentOf(catalogue)]]);
}

function pageOf(policy: Policy): string {
  return [
    `# ${policy.name}`,
    `${policy.title}.`,
    table(
      ["Code", "Family", "Severity", "Incident", ...tiers],
      [
        [
          policy.code,
          policy.family,
          policy.severity,
          rowLinks(policy),
          ...tiers.map((tier) => levelInWords(policy, tier)),
        ],
      ],
    ),
    `## Why\n\n${policy.why}`,
    `## What it proves\n\n${policy.proves}`,
    `## Fix\n\n${policy.fix.text}\n\n\`\`\`ts\n${policy.fix.snippet}\n\`\`\``,
    `## Settings\n\n${settingsOf(policy)}`,
  ]
    .join("\n\n")
    .concat("\n");
}

function settingsOf(policy: Policy): string {
  const example = JSON.stringify({ [policy.name]: { enforcementLevel: "advisory", ...defaultsOf(policy) } }, null, 2);
  const knobs = Object.entries(policy.config).map(([name, knob]) => {
    return [`\`${name}\``, knob.type, boundsOf(knob), String(knob.default), knob.description];
  });
  return [
    ...(knobs.length > 0 ? [table(["Setting", "Type", "Range", "Default", "Meaning"], knobs)] : []),
    "In the file of `--policy-pack-config` (and of `duplex check --config`):",
    `\`\`\`json\n${example}\n\`\`\``,
  ].join("\n\n");
}

function defaultsOf(policy: Policy): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(policy.config).map(([name, knob]) => [name, knob.default]));
}

function boundsOf(knob: KnobSchema): string {
  if (knob.enum) return knob.enum.join(", ");
  if (knob.minimum === undefined && knob.maximum === undefined) return "any";
  return `${knob.minimum ?? "…"} to ${knob.maximum ?? "…"}`;
}

function indexOf(catalogue: readonly Policy[]): string {
  const rows = catalogue.map((policy) => [
    `[${policy.name}](${policy.name}.md)`,
    policy.code,
    policy.family,
    rowLinks(policy),
    ...tiers.map((tier) => levelInWords(policy, tier)),
    policy.title,
  ]);
  const requirements = tiers.map((tier) => {
    const { surviveOne, surviveTwo, leastCopies, longestTtlSeconds } = defaultRequirements[tier];
    return [tier, surviveOne.join(", "), surviveTwo.join(", ") || "–", String(leastCopies), `${longestTtlSeconds} s`];
  });
  return [
    "# Policies",
    `${catalogue.length} policies, each with the row of [the incident](../incident.md) that it answers. This folder ` +
      "is made by `npx tsx policies/writeDocs.ts` from the policies themselves.",
    table(["Policy", "Code", "Family", "Incident", ...tiers, "What must hold"], rows),
    "## What a tier must survive",
    table(["Tier", "Any one of", "Any two of", "Independent copies", "Longest time to live"], requirements),
    "A policy about the loss of a domain judges a service only where its tier must survive that kind of domain; " +
      "_if asked for_ marks the tiers that only a setting makes ask for it. An " +
      "unknown is refused for critical and important services, and advised about for standard ones.",
    settingsGuide,
  ]
    .join("\n\n")
    .concat("\n");
}

const settingsGuide =
  "## Settings\n" +
  "\n" +
  "One JSON file serves `pulumi preview --policy-pack policies --policy-pack-config policy.json` and\n" +
  "`duplex check --config policy.json`; the same object may stand in the stack's configuration under " +
  "`duplex:policies`\n" +
  "(the file wins over the stack).\n" +
  "\n" +
  "```json\n" +
  "{\n" +
  '  "single-region": "advisory",\n' +
  '  "dns-ttl": { "longestTtlSeconds": 30 },\n' +
  '  "least-copies": { "levels": { "standard": "disabled" } },\n' +
  '  "estate": {\n' +
  '    "clusters": { "prod-a": "pangyo" },\n' +
  '    "tierNames": { "gold": "critical" },\n' +
  '    "exemptions": [\n' +
  "      {\n" +
  '        "policy": "single-operator",\n' +
  '        "service": "ads",\n' +
  '        "owner": "ads-team",\n' +
  '        "reason": "The second operator\'s contract starts in March.",\n' +
  '        "ticket": "ADS-17",\n' +
  '        "expires": "2027-03-31"\n' +
  "      }\n" +
  "    ]\n" +
  "  }\n" +
  "}\n" +
  "```\n" +
  "\n" +
  "A level lowers a policy for all tiers; `levels` sets one tier. An exemption is listed in every judgement, covers " +
  "one policy\n" +
  "and one service, and is refused once it is past its last day. `estate.sites` takes the catalogue of one's own " +
  "facilities,\n" +
  "written as under `duplex:estate`.";

function incidentOf(catalogue: readonly Policy[]): string {
  const rows = incidentRows.map(({ row, finding, outside }) => {
    const policies = catalogue.filter((policy) => policy.rows.includes(row));
    const links = policies.map(({ name }) => `[${name}](policies/${name}.md)`).join(", ");
    return [row, finding, links || "–", outside ?? ""];
  });
  return [
    "# The incident, row by row",
    "What failed on 15 October 2022, what the investigation found (K1 to K16), and the policies that answer it. This " +
      "page is made from the policies by `npx tsx policies/writeDocs.ts`.",
    table(["Row", "What happened", "Policies", "Not shown by a stack"], rows),
  ]
    .join("\n\n")
    .concat("\n");
}

function rowLinks(policy: Policy): string {
  return policy.rows.map((row: IncidentRow) => `[${row}](../incident.md)`).join(", ");
}

/** A Markdown table, padded as Prettier pads it, so that formatting leaves it alone. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => [...(row[column] ?? "")].length)));
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, column) => (row[column] ?? "").padEnd(width)).join(" | ")} |`;
  const [first = [], ...rest] = all;
  return [line(first), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...rest.map(line)].join("\n");
}
