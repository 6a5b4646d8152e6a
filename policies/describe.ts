import type { Finding } from "./policy";

/** URNs shown in a message; the rest is counted, the machine formats have them all. */
const mostUrns = 4;

/** A finding as the text of a policy violation: what, where, which row of the incident, and the fix. */
export function describeFinding(finding: Finding): string {
  const urns = finding.urns.slice(0, mostUrns).map((urn) => `    ${urn}`);
  const more = finding.urns.length - urns.length;
  return [
    `${finding.code} ${finding.message}`,
    ...(finding.lost.length > 0 ? [`  lost: ${finding.lost.join(" + ")}`] : []),
    ...(finding.properties?.length ? [`  properties: ${finding.properties.slice(0, mostUrns).join(", ")}`] : []),
    "  resources:",
    ...urns,
    ...(more > 0 ? [`    and ${more} more`] : []),
    // A rule of one's own is of no row, and has no page.
    ...(finding.rows.length === 0
      ? []
      : [`  incident: ${finding.rows.map((row) => `row ${row}`).join(", ")} (docs/policies/${finding.policy}.md)`]),
    `  fix: ${finding.fix}`,
  ].join("\n");
}
