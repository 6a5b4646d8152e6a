/** Data, backup, startup and intake. */
import {
  known,
  unknown,
  type Backup,
  type DeletionFact,
  type Estate,
  type Replication,
  type Service,
  type VolumeFact,
} from "../../../model";
import { needs, replica, service } from "../../support/estateBuilder";
import { changed, compliant, onlyIn, withService } from "./compliant";
import type { Example, ExamplesByPolicy } from "./example";

const passes: Example = { what: "a store in three facilities with a locked backup elsewhere", estate: compliant() };
const replicated = (change: Partial<Replication>): Estate =>
  changed("accounts", (accounts) => ({ replication: accounts.replication && { ...accounts.replication, ...change } }));
const oneWay = (change: Partial<Replication>): Estate =>
  replicated({ mode: "asynchronous", rpoSeconds: known(60), multiWriter: false, ...change });
const deletable = (change: Partial<DeletionFact>): Estate => {
  const from = compliant();
  const table: DeletionFact = {
    kind: "deletion",
    urn: "accounts@pangyo",
    service: "accounts",
    holds: "data",
    protected: known(false),
    property: "deletionProtectionEnabled",
  };
  return { ...from, facts: [...from.facts, { ...table, ...change }] };
};
const onVolumes = (change: Partial<VolumeFact>): Estate => {
  const volume: VolumeFact = {
    kind: "volume",
    urn: "accounts@pangyo",
    service: "accounts",
    made: "ebs.csi.aws.com",
    zonal: known(true),
    volumes: known(1),
    onlyIn: [],
    boundBeforePods: false,
  };
  const from = changed("accounts", (accounts) => onlyIn(accounts, ["pangyo"]));
  return { ...from, facts: [...from.facts, { ...volume, ...change }] };
};
const backedUp = (change: Partial<Backup>): Estate =>
  changed("accounts", (accounts) => ({ backups: accounts.backups.map((backup) => ({ ...backup, ...change })) }));
const members = (at: readonly string[]): Estate =>
  changed("accounts", () => ({
    quorum: "majority",
    replicas: at.map((site, index) => replica(`member-${index + 1}`, [`facility:${site}`])),
  }));
const inPangyo = (id: string): Estate => changed(id, (one) => onlyIn(one, ["pangyo"]));
const elsewhere = (id: string, like: Partial<Service>): Service =>
  service(id, [replica(`${id}@chuncheon`, ["facility:chuncheon"])], like);

const restoredEvery = (days: number): Estate => {
  const from = compliant();
  const intervalSeconds = known(days * 86_400);
  return {
    ...from,
    facts: from.facts.map((fact) => (fact.kind === "restoreTest" ? { ...fact, intervalSeconds } : fact)),
  };
};

export const data: ExamplesByPolicy = {
  "data-replication": {
    passes,
    nearMiss: {
      what: "a backup in place of a replica",
      found: true,
      estate: changed("accounts", (accounts) => ({
        replicas: accounts.replicas.map((one, index) => (index === 0 ? one : { ...one, role: "backup" })),
      })),
      service: "accounts",
      urn: "accounts@pangyo",
      says: /to at least 2 copies, and has 1 copy/,
    },
    refused: {
      what: "three stores that do not know of each other",
      estate: changed("accounts", () => ({ replication: undefined })),
      service: "accounts",
      urn: "accounts@pangyo",
      says: /has 3 copies with replication mode "none"/,
    },
  },
  "rpo-objective": {
    passes: { what: "a lag of exactly what is promised", estate: replicated({ rpoSeconds: known(60) }) },
    nearMiss: {
      what: "a store without an objective, and a dependent that has one",
      found: true,
      estate: changed(
        "accounts",
        () => ({ objectives: undefined }),
        replicated({ mode: "asynchronous", rpoSeconds: known(900) }),
      ),
      service: "accounts",
      urn: "accounts@pangyo",
      says: /at most 60 s of data, as "messenger" promises, and its replication may lose 15 min/,
    },
    refused: {
      what: "a lag that is not known",
      verdict: "unknown",
      estate: replicated({ mode: "asynchronous", rpoSeconds: unknown("cluster.replicationLag") }),
      service: "accounts",
      urn: "accounts@pangyo",
      says: /cluster\.replicationLag is not known yet/,
    },
  },
  "quorum-in-one-site": {
    passes: { what: "one member in each of three facilities", estate: members(["pangyo", "chuncheon", "busan"]) },
    nearMiss: {
      what: "five members, two at most in one facility",
      found: false,
      estate: members(["pangyo", "pangyo", "chuncheon", "chuncheon", "busan"]),
    },
    refused: {
      what: "two of three members in Pangyo",
      estate: members(["pangyo", "pangyo", "chuncheon"]),
      service: "accounts",
      lost: ["facility:pangyo"],
      urn: "member-1",
      says: /a majority of its 3 members when facility "pangyo" is lost/,
    },
  },
  "one-way-replication": {
    passes: { what: "two buckets, each copied to the other", estate: oneWay({ multiWriter: true }) },
    nearMiss: {
      what: "one way to a copy that has to be promoted before it is written",
      found: false,
      estate: changed(
        "accounts",
        (accounts) => ({
          replicas: accounts.replicas.map((one, at) => (at === 0 ? one : { ...one, role: "standby" })),
        }),
        oneWay({}),
      ),
    },
    refused: {
      what: "three buckets of which the replication runs one way, written from three regions",
      estate: oneWay({}),
      service: "accounts",
      urn: "accounts@pangyo",
      says: /both directions between its 3 copies that take writes, because "messenger" serves from 3 regions, and is replicated in one/,
    },
  },
  "deletion-protection": {
    passes: { what: "a table whose protection is on", estate: deletable({ protected: known(true) }) },
    nearMiss: {
      what: "a load balancer without protection, of which nobody has asked",
      found: false,
      estate: deletable({ holds: "traffic", property: "enableDeletionProtection" }),
    },
    refused: {
      what: "a table that one call deletes",
      estate: deletable({}),
      service: "accounts",
      urn: "accounts@pangyo",
      says: /protected against deletion, and "accounts@pangyo" \(deletionProtectionEnabled\) is not/,
    },
  },
  "zonal-volume": {
    passes: { what: "three members, each with a volume of its own zone", estate: onVolumes({ volumes: known(3) }) },
    nearMiss: {
      what: "three members over three zones, of a class that makes volumes in one",
      found: true,
      estate: onVolumes({ volumes: known(3), onlyIn: ["zone:apne2-az1"] }),
      service: "accounts",
      urn: "accounts@pangyo",
      lost: ["zone:apne2-az1"],
      says: /all 3 of "accounts@pangyo" \(ebs\.csi\.aws\.com\) are made in zone "apne2-az1"/,
    },
    refused: {
      what: "one pod on one block volume, in a cluster over several zones",
      estate: onVolumes({}),
      service: "accounts",
      urn: "accounts@pangyo",
      says: /a second volume in another place, and has 1, of "accounts@pangyo" \(ebs\.csi\.aws\.com\)/,
    },
  },
  "standby-promotion": {
    passes,
    nearMiss: {
      what: "a single writer without a replica, of which data-replication speaks",
      found: false,
      estate: replicated({ mode: "none", multiWriter: false }),
    },
    refused: {
      what: "copies that only read",
      level: "advisory",
      estate: replicated({ multiWriter: false }),
      service: "accounts",
      urn: "accounts@pangyo",
      says: /takes them at one/,
    },
  },
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

export const startup: ExamplesByPolicy = {
  "startup-cycle": {
    passes,
    nearMiss: {
      what: "two services that need each other to serve, not to start",
      found: false,
      estate: changed("login", (login) => ({ dependencies: [...login.dependencies, needs("messenger")] })),
    },
    refused: {
      what: "a registry that logs in before it starts, and a login that pulls from it",
      estate: changed(
        "login",
        () => ({ dependencies: [needs("registry", "startup")] }),
        changed("registry", () => ({ dependencies: [needs("login", "startup")] })),
      ),
      service: "login",
      urn: "registry@pangyo",
      says: /login → registry → login need each other to start/,
    },
  },
  "startup-in-one-site": {
    passes,
    nearMiss: {
      what: "a registry in Pangyo, and another in Chuncheon that is as good",
      found: false,
      estate: withService(
        elsewhere("registry-chuncheon", { layer: "registry" }),
        changed(
          "messenger",
          (messenger) => ({
            dependencies: messenger.dependencies.map((one) =>
              one.strength === "startup" ? needs(["registry", "registry-chuncheon"], "startup") : one,
            ),
          }),
          inPangyo("registry"),
        ),
      ),
    },
    refused: {
      what: "images in Pangyo alone",
      estate: inPangyo("registry"),
      service: "messenger",
      lost: ["facility:pangyo"],
      urn: "registry@pangyo",
      says: /start when facility "pangyo" is lost, and "registry" \(registry\) goes down with it: images without a copy/,
    },
  },
};

export const intake: ExamplesByPolicy = {
  "intake-absent": {
    passes,
    nearMiss: {
      what: "a free service without a queue",
      found: false,
      estate: changed("messenger", () => ({ paid: false, dependencies: [] })),
    },
    refused: {
      what: "a paid service without a queue",
      level: "advisory",
      estate: changed("messenger", () => ({ dependencies: [] })),
      service: "messenger",
      urn: "messenger@pangyo",
      says: /through a durable queue, and depends on none/,
    },
  },
  "intake-inside": {
    passes,
    nearMiss: {
      what: "a queue in two facilities",
      found: false,
      estate: changed("intake", (intake) => onlyIn(intake, ["pangyo", "busan"])),
    },
    refused: {
      what: "a queue in the failing site",
      estate: inPangyo("intake"),
      service: "messenger",
      lost: ["facility:pangyo"],
      urn: "intake@pangyo",
      says: /a queue that accepts requests when facility "pangyo" is lost/,
    },
  },
};
