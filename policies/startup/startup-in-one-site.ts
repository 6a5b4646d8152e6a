import type { Layer } from "../../model";
import { judgeTools, type Remedy } from "../evidence/tools";
import type { Policy } from "../policy";

/** What keeps a start in other regions from having its own. */
const remedies: Readonly<Partial<Record<Layer, Remedy>>> = {
  keys: {
    found: "a key without a replica in another region",
    fix:
      "Make the key with multiRegion: true and add an aws.kms.ReplicaKey in each region in which the service starts; " +
      "a key cannot be made multi-region later.",
  },
  secrets: {
    found: "a secret or parameter without a replica in another region",
    fix:
      "Name each region in which the service starts in the secret's replicas, with a key of that region; keep " +
      "parameters as secrets or write them in each region.",
  },
  registry: {
    found: "images without a copy in another place",
    fix: "Replicate the registry to each region in which the service starts, by an aws.ecr.ReplicationConfiguration.",
  },
};

export const startupInOneSite: Policy = {
  name: "startup-in-one-site",
  code: "DPX362",
  title: "What a service needs to start does not stand in one site",
  family: "startup",
  severity: "high",
  rows: ["2", "3", "K2", "K3", "K5"],
  why:
    "Login, needed first at start-up, and the registry of images stood in the lost facility: servers that had power " +
    "elsewhere could not be started with new work.",
  proves:
    "Looks at each dependency that is needed to start, scale or move (images, keys, secrets, parameters): one of its " +
    "members must be left after the loss of any one zone, facility, power domain or region that the tier must " +
    "survive. A key that is not multi-region, and a secret without replicas, is named as such.",
  fix: {
    text: "Replicate the registry, the keys and the secrets to every region in which the service starts.",
    snippet:
      'new aws.ecr.ReplicationConfiguration("images", { replicationConfiguration: { rules: [{ destinations: [{ ' +
      'region: "ap-northeast-1", registryId }] }] } });',
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  judge: judgeTools({
    looksAt: (dependency, layers) => dependency.strength === "startup" && !layers.includes("tooling"),
    must: "have what it needs to start",
    remedyOf: (layer) => remedies[layer],
  }),
};
