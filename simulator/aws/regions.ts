/** The simulated account's regions and zones. Codes and zone ids are the real ones; nothing else is. */

/** Account, partition and names by which nobody can take the simulated cloud for the real one. */
export const account = "000000000000";
export const partition = "aws-simulated";
export const dnsSuffix = "simulated.invalid";

export interface Zone {
  /** Per-account name, such as `ap-northeast-2a`. */
  readonly name: string;
  /** Id of the building cluster, the same for every account: `apne2-az1`. */
  readonly id: string;
}

/** Per region: prefix of its zone ids, letters of the zone names, numbers of the zone ids. */
const table: Readonly<Record<string, readonly [prefix: string, letters: string, numbers: string]>> = {
  "af-south-1": ["afs1", "abc", "123"],
  "ap-east-1": ["ape1", "abc", "123"],
  "ap-northeast-1": ["apne1", "acd", "124"],
  "ap-northeast-2": ["apne2", "abcd", "1234"],
  "ap-northeast-3": ["apne3", "abc", "123"],
  "ap-south-1": ["aps1", "abc", "123"],
  "ap-south-2": ["aps2", "abc", "123"],
  "ap-southeast-1": ["apse1", "abc", "123"],
  "ap-southeast-2": ["apse2", "abc", "123"],
  "ap-southeast-3": ["apse3", "abc", "123"],
  "ap-southeast-4": ["apse4", "abc", "123"],
  "ca-central-1": ["cac1", "abd", "124"],
  "ca-west-1": ["caw1", "abc", "123"],
  "eu-central-1": ["euc1", "abc", "123"],
  "eu-central-2": ["euc2", "abc", "123"],
  "eu-north-1": ["eun1", "abc", "123"],
  "eu-south-1": ["eus1", "abc", "123"],
  "eu-south-2": ["eus2", "abc", "123"],
  "eu-west-1": ["euw1", "abc", "123"],
  "eu-west-2": ["euw2", "abc", "123"],
  "eu-west-3": ["euw3", "abc", "123"],
  "il-central-1": ["ilc1", "abc", "123"],
  "me-central-1": ["mec1", "abc", "123"],
  "me-south-1": ["mes1", "abc", "123"],
  "sa-east-1": ["sae1", "abc", "123"],
  "us-east-1": ["use1", "abcdef", "123456"],
  "us-east-2": ["use2", "abc", "123"],
  "us-west-1": ["usw1", "ab", "13"],
  "us-west-2": ["usw2", "abcd", "1234"],
};

export const regions: readonly string[] = Object.keys(table);

/**
 * Zones of a region, by name. In an account names and ids are shuffled against each other; here the ids are turned by a
 * fixed step, so that a program which takes one for the other shows it: `apne2-az1` is `ap-northeast-2c`.
 */
export function zonesOf(region: string): readonly Zone[] {
  const [prefix = "", letters = "", numbers = ""] = table[region] ?? [];
  const count = letters.length;
  const step = count > 2 ? 2 : 1;
  return [...letters].map((letter, index) => ({
    name: `${region}${letter}`,
    id: `${prefix}-az${numbers[(index + count - step) % count] ?? ""}`,
  }));
}

/** A zone by its name or its id. */
export function zoneOf(region: string, nameOrId: string | undefined): Zone | undefined {
  return zonesOf(region).find((zone) => zone.name === nameOrId || zone.id === nameOrId);
}
