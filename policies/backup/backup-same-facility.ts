import { kindOf, type DomainId, type Known } from "../../model";
import { backedUp } from "../evidence/backup";
import { domainsById, fateOf, requirementOf } from "../evidence/read";
import { domainWords, subject } from "../evidence/words";
import type { Policy } from "../policy";

const placeKinds = new Set(["zone", "facility", "power", "region"]);

export const backupSameFacility: Policy = {
  name: "backup-same-facility",
  code: "DPX352",
  title: "A backup does not burn with the data",
  family: "backup",
  severity: "high",
  rows: ["1", "4"],
  why:
    "Backups belong into another facility: one in the burning building is lost with the data that it was to bring " +
    "back.",
  proves:
    "Compares the placement of every backup with that of the store's replicas: no one zone, facility, power domain " +
    "or (for tiers that must survive it) region may hold all of the data and all of its backups.",
  fix: {
    text: "Copy the backups to a vault in another region or facility.",
    snippet: 'rules: [{ ruleName: "daily", targetVaultName, copyActions: [{ destinationVaultArn: tokyoVault.arn }] }]',
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  *judge(context) {
    const domains = domainsById(context.estate);
    for (const service of backedUp(context)) {
      const kinds = requirementOf(context, service).surviveOne.filter((kind) => placeKinds.has(kind));
      const data = service.replicas.filter((replica) => replica.role !== "backup").map((replica) => replica.placement);
      const common = { service: service.id, urns: service.backups.map((backup) => backup.urn) };
      const placements: readonly Known<readonly DomainId[]>[] = [...data, ...service.backups.map((b) => b.placement)];
      const fates = placements.flatMap((at) => (at.known ? [fateOf(domains, at.value)] : []));
      const shared = [...(fates[0] ?? [])]
        .filter((id) => kinds.includes(kindOf(id)) && fates.every((fate) => fate.has(id)))
        .sort()[0];
      if (!shared) continue;
      const wanted = `${subject(service)} must have a backup outside of ${domainWords(shared)}, where its data stands`;
      const missing = placements.find((at) => !at.known);
      if (missing && !missing.known)
        yield {
          ...common,
          verdict: "unknown",
          lost: [shared],
          message: `${wanted}, and ${missing.missing} is not known yet.`,
        };
      else
        yield {
          ...common,
          verdict: "broken",
          lost: [shared],
          message: `${wanted}, and all its backups stand there too.`,
        };
    }
  },
};
