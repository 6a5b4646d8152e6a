import { known, unknown, type DeletionFact, type Estate, type Replication, type VolumeFact } from "../../../model";
import { replica } from "../../support/estateBuilder";
import { changed, compliant, onlyIn } from "./compliant";
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

const members = (at: readonly string[]): Estate =>
  changed("accounts", () => ({
    quorum: "majority",
    replicas: at.map((site, index) => replica(`member-${index + 1}`, [`facility:${site}`])),
  }));

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
