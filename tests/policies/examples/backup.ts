import { known, type Backup, type Estate } from "../../../model";
import { changed, compliant, onlyIn } from "./compliant";
import type { Example, ExamplesByPolicy } from "./example";

const passes: Example = { what: "a store in three facilities with a locked backup elsewhere", estate: compliant() };

const backedUp = (change: Partial<Backup>): Estate =>
  changed("accounts", (accounts) => ({ backups: accounts.backups.map((backup) => ({ ...backup, ...change })) }));

const restoredEvery = (days: number): Estate => {
  const from = compliant();
  const intervalSeconds = known(days * 86_400);
  return {
    ...from,
    facts: from.facts.map((fact) => (fact.kind === "restoreTest" ? { ...fact, intervalSeconds } : fact)),
  };
};

export const backup: ExamplesByPolicy = {
  "backup-absent": {
    passes,
    nearMiss: {
      what: "a service without data",
      found: false,
      estate: changed("messenger", () => ({ backups: [] })),
    },
    refused: {
      what: "replicas and no backup",
      estate: changed("accounts", () => ({ backups: [] })),
      service: "accounts",
      urn: "accounts@pangyo",
      says: /at least 1 backup, and has 0/,
    },
  },
  "backup-same-facility": {
    passes,
    nearMiss: {
      what: "a backup beside one of three replicas",
      found: false,
      estate: backedUp({ placement: known(["facility:pangyo"]) }),
    },
    refused: {
      what: "data and backup in one building",
      estate: changed(
        "accounts",
        (accounts) => onlyIn(accounts, ["pangyo"]),
        backedUp({ placement: known(["facility:pangyo"]) }),
      ),
      service: "accounts",
      lost: ["facility:pangyo"],
      urn: "vault",
      says: /a backup outside of facility "pangyo", where its data stands, and all its backups stand there too/,
    },
  },
  "backup-mutable": {
    passes,
    nearMiss: {
      what: "one locked backup of two",
      found: false,
      estate: changed("accounts", (accounts) => ({
        backups: accounts.backups.flatMap((one) => [one, { ...one, urn: "snapshot", immutable: known(false) }]),
      })),
    },
    refused: {
      what: "a backup that production may delete",
      estate: backedUp({ immutable: known(false) }),
      service: "accounts",
      urn: "vault",
      says: /locked against deletion, and none of its 1 is/,
    },
  },
  "restore-untested": {
    passes: { what: "92 days between two tests, the longest that is allowed", estate: restoredEvery(92) },
    nearMiss: {
      what: "backups that are restored once a year",
      found: true,
      level: "advisory",
      estate: restoredEvery(365),
      service: "accounts",
      urn: "restore-test",
      says: /restored at least every 92 days to see that they can be, and are every 365 days/,
    },
    refused: {
      what: "backups that nobody has ever restored",
      level: "advisory",
      estate: { ...compliant(), facts: compliant().facts.filter(({ kind }) => kind !== "restoreTest") },
      service: "accounts",
      urn: "vault",
      says: /and no restore test covers them/,
    },
  },
  "backup-interval": {
    passes: { what: "a day, the longest that is allowed", estate: backedUp({ intervalSeconds: known(86400) }) },
    nearMiss: {
      what: "a daily backup of a store that is not replicated and may lose 60 s",
      found: true,
      estate: changed("accounts", () => ({ replication: undefined })),
      service: "accounts",
      urn: "vault",
      says: /at least every 60 s, and is backed up every 60 min/,
    },
    refused: {
      what: "a weekly backup",
      estate: backedUp({ intervalSeconds: known(604800) }),
      service: "accounts",
      urn: "vault",
      says: /at least every 24 h, and is backed up every 168 h/,
    },
  },
};
