/** How the ids of a cloud's zones follow from the code of their region. */

const compass: readonly (readonly [RegExp, string])[] = [
  [/northeast/, "ne"],
  [/northwest/, "nw"],
  [/southeast/, "se"],
  [/southwest/, "sw"],
  [/central/, "c"],
  [/north/, "n"],
  [/south/, "s"],
  [/east/, "e"],
  [/west/, "w"],
];

/** What every zone id of a region begins with: `apne2-az` for `ap-northeast-2`. */
export function zonePrefixOf(region: string): string {
  const parts = region.split("-");
  const number = parts.pop() ?? "";
  const short = parts.map((part, index) => (index === 0 ? part : abbreviate(part)));
  return `${short.join("")}${number}-az`;
}

function abbreviate(part: string): string {
  if (part === "gov" || part === "iso" || part === "isob") return part.replace("gov", "g");
  return compass.reduce((text, [long, short]) => text.replace(long, short), part);
}
