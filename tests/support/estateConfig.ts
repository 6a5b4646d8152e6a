/** A small estate as configuration that is right in every part: tests change one thing and look what is said of it. */
import { valueAt, type Path } from "../../estate";

type Draft = Record<string, unknown>;

export function facility(name: string, more: Draft = {}): Draft {
  return {
    kind: "facility",
    name,
    region: `${name}-area`,
    operator: `${name}-dc`,
    powerFeeds: [`${name}-a`, `${name}-b`],
    carriers: ["kt", "lg-uplus"],
    batteryRoomsSeparated: true,
    batteryChemistry: "lead-acid",
    firePlanKeepsPower: true,
    oidcIssuer: `https://oidc.${name}.example.net`,
    ...more,
  };
}

export function cloud(name: string, region: string, zones: string, more: Draft = {}): Draft {
  const zoneIds = ["1", "2", "3"].map((number) => `${zones}-az${number}`);
  return { kind: "cloud", name, region, zoneIds, operator: "aws", ...more };
}

export function service(name: string, more: Draft = {}): Draft {
  return {
    name,
    tier: "critical",
    owner: "team",
    peakRps: 1000,
    unitRps: 100,
    objectives: { rto: "5m", rpo: "60s", leastShare: 1 },
    users: 1,
    paid: false,
    outageCostPerHour: { amount: 1, currency: "KRW" },
    sites: ["east", "west", "seoul", "tokyo"],
    ...more,
  };
}

/** Two facilities, two regions, one critical service over all of them with a store, and one that depends on it. */
export function estateConfig(): Draft {
  return {
    sites: [
      facility("east"),
      facility("west"),
      cloud("seoul", "ap-northeast-2", "apne2"),
      cloud("tokyo", "ap-northeast-1", "apne1"),
    ],
    images: { account: "111122223333", home: "seoul" },
    dns: { domain: "duplex.example", lastResort: ["203.0.113.10"] },
    vendors: [{ name: "other-login", vendor: "other", purpose: "log in" }],
    services: [
      service("login", { data: { store: "dynamodb", sites: ["seoul", "tokyo"], followers: ["east", "west"] } }),
      service("shop", {
        tier: "standard",
        sites: ["east", "west"],
        dependencies: [{ anyOf: ["login", "other-login"], strength: "hard" }],
      }),
    ],
  };
}

/** A copy of the configuration with the value at a path changed; `undefined` takes the field away. */
export function withValue(config: Draft, path: Path, value: unknown): Draft {
  const copy = structuredClone(config);
  const last = path.at(-1) ?? "";
  const parent = valueAt(copy, path.slice(0, -1)) as Record<string | number, unknown>;
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}
