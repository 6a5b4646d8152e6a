/** What is left of a workload's name without the words that tell its copies apart. */

/** Words by which people tell one copy of a workload from another: their rank, their side, their turn. */
const copyWords: ReadonlySet<string> = new Set(
  (
    "primary secondary tertiary main backup standby active passive dr failover first second third one two three left " +
    "right blue green canary stable old new east west north south central northeast northwest southeast southwest " +
    "az zone region site dc use usw euw eun eus euc apne apse aps cac sae"
  ).split(" "),
);

/** Words by which clouds name continents. */
const continents: ReadonlySet<string> = new Set(["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx", "gov", "cn"]);

/** Codes of regions, such as `eu-west-1`. */
const regionCodes = /\b[a-z]{2}(?:-[a-z]+)+-\d\b/g;

/**
 * The stem of a name: `web-us-east-1`, `web-2` and `web-b` are all of `web`. Parts are kept in their order; a name that
 * consists of such words only has an empty stem.
 *
 * @param places words that name places of this estate: its sites
 */
export function stemOf(name: string, places: readonly string[]): string {
  let rest = name.toLowerCase().replace(regionCodes, "-");
  for (const place of places) rest = withoutWord(rest, place);
  const words = rest
    .replace(/([a-z])(\d)/g, "$1-$2")
    .replace(/(\d)([a-z])/g, "$1-$2")
    .split(/[^a-z0-9/]+/);
  return words.filter((word) => !tellsApart(word)).join("-");
}

function tellsApart(word: string): boolean {
  return word === "" || /^(?:\d+|[a-f])$/.test(word) || copyWords.has(word) || continents.has(word);
}

/** The name without a word, wherever it stands between two that are no letters or digits. */
function withoutWord(name: string, word: string): string {
  if (!name.includes(word)) return name;
  const at = (index: number) => index < 0 || index >= name.length || !/[a-z0-9]/.test(name[index] ?? "");
  for (let from = name.indexOf(word); from >= 0; from = name.indexOf(word, from + 1)) {
    if (at(from - 1) && at(from + word.length)) return `${name.slice(0, from)}-${name.slice(from + word.length)}`;
  }
  return name;
}
