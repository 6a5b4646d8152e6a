import { backedUp, bestOf } from "../evidence/backup";
import { subject } from "../evidence/words";
import type { Policy } from "../policy";

export const backupMutable: Policy = {
  name: "backup-mutable",
  code: "DPX353",
  title: "One backup cannot be erased with production's credentials",
  family: "backup",
  severity: "high",
  rows: ["5"],
  why:
    "The manual for hacking by a hostile state was in doubt. An intruder who can delete the data can delete its " +
    "backups, unless nobody can.",
  proves: "Looks whether at least one backup of each store is locked: a vault lock in compliance mode, or object lock.",
  fix: {
    text: "Lock the vault in compliance mode with a least retention.",
    snippet:
      'new aws.backup.VaultLockConfiguration("vault", { backupVaultName: vault.name, minRetentionDays: 35, ' +
      "changeableForDays: 3 });",
  },
  levels: { critical: "mandatory", important: "advisory", standard: "advisory" },
  config: {},
  *judge(context) {
    for (const service of backedUp(context)) {
      const best = bestOf(
        service.backups,
        (backup) => backup.immutable,
        (backup) => backup.immutable.known && backup.immutable.value,
      );
      if (best.verdict === "holds") continue;
      const found =
        best.verdict === "unknown" ? `${best.missing} is not known yet` : `none of its ${service.backups.length} is`;
      yield {
        verdict: best.verdict,
        service: service.id,
        lost: [],
        urns: service.backups.map((backup) => backup.urn),
        message: `${subject(service)} must have at least 1 backup that is locked against deletion, and ${found}.`,
      };
    }
  },
};
