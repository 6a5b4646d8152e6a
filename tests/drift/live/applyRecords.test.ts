/** Switches, backups and alarms: laid on the resources that they are about, and judged by the model. */
import { detectDrift, isFault, compareLive, readState, recognise, type Detection } from "../../../drift";
import { plain } from "../../../inventory/sources/plain";
import { entry, exportOf, oneCopy, table, tableUrn, type EntryChange } from "../../support/driftStates";
import { alarm, controls, describedAlarms, protectedResources } from "../../support/liveAnswers";

const today = "2022-10-15";
const now = Date.parse("2022-10-15T12:00:00Z");
const options = { inventory: {}, judge: { today } };

function detect(desired: readonly unknown[], documents: readonly unknown[], actual = desired): Detection {
  const records = documents.flatMap((document) => {
    const found = recognise(plain(document));
    if (found === undefined || isFault(found)) throw new Error("It is not recognised.");
    return found;
  });
  const states = { desired: readState(exportOf(...desired)), actual: readState(exportOf(...actual)) };
  return detectDrift({ ...compareLive(states, records, {}, now), today, options });
}

const told = (found: Detection) =>
  found.drifts.map(({ class: name, drift }) => [
    name,
    drift.urn.split("::").at(-1),
    ...drift.changes.map(({ path, from, to }) =>
      [path, JSON.stringify(from), JSON.stringify(to)].join(" ").replaceAll('"', ""),
    ),
  ]);

describe("a switch", () => {
  const arn = (site: string) => `arn:aws:route53-recovery-control::111122223333:controlpanel/0a/routingcontrol/${site}`;
  const regions: Readonly<Record<string, string>> = { seoul: "ap-northeast-2", tokyo: "ap-northeast-1", osaka: "ap-northeast-3" }; // prettier-ignore

  /** One site: an instance, its answer, the answer's check, and the switch that the check goes by. */
  function site(name: string, peakRps: number, policy: Readonly<Record<string, unknown>> = { weightedRoutingPolicies: [{ weight: 1 }] }) {
    const tags = { "duplex:service": "login", "duplex:tier": "critical", "duplex:peak-rps": `${peakRps}`, "duplex:unit-rps": "100" };
    const address = `192.0.2.${name.length}${name.charCodeAt(0)}`;
    return [
      entry("aws:ec2/instance:Instance", name, { region: regions[name], availabilityZone: `${regions[name]}a`, publicIp: address, tags }),
      { ...entry("aws:route53recoverycontrol/routingControl:RoutingControl", name, { name }, { outputs: { arn: arn(name) } }), id: arn(name) },
      entry("aws:route53/healthCheck:HealthCheck", name, { type: "RECOVERY_CONTROL", routingControlArn: arn(name) }),
      entry("aws:route53/record:Record", name, { zoneId: "Z1", name: "login.example.com", type: "A", ttl: 60, records: [address], setIdentifier: name, healthCheckId: `${name}-id`, ...policy }),
    ];
  } // prettier-ignore
  const sites = (names: readonly string[], peakRps: number) => names.flatMap((name) => site(name, peakRps));
  const off = (...names: readonly string[]) => controls(Object.fromEntries(Object.keys(regions).map((name) => [arn(name), names.includes(name) ? "Off" : "On"]))); // prettier-ignore

  test("that is on is no drift", () => {
    expect(detect(sites(["seoul", "tokyo", "osaka"], 100), [off()])).toMatchObject({ verdict: "none", drifts: [] });
  });

  test("that was left off after a drill leaves two sites, of which either is lost with the other", () => {
    const found = detect(sites(["seoul", "tokyo"], 100), [off("tokyo")]);
    expect(found.verdict).toBe("lost");
    expect(told(found)).toEqual([["dangerous", "tokyo", "live.state On Off"]]);
    expect(found.losses.survival).toContainEqual({ service: "login", tier: "critical", domain: "region:ap-northeast-2" }); // prettier-ignore
  });

  test("is bearable for an important service whose other sites carry the peak and each other's loss", () => {
    const important = (peakRps: number) =>
      JSON.parse(
        JSON.stringify(sites(["seoul", "tokyo", "osaka"], peakRps)).replaceAll("critical", "important"),
      ) as readonly unknown[];
    expect(told(detect(important(100), [off("osaka")]))).toEqual([["bearable", "osaka", "live.state On Off"]]);
    expect(told(detect(important(200), [off("osaka")]))).toEqual([["dangerous", "osaka", "live.state On Off"]]);
  });

  test("is dangerous for a critical one, which has to survive the loss of two, with its room or without", () => {
    const roomy = detect(sites(["seoul", "tokyo", "osaka"], 100), [off("osaka")]);
    expect(roomy.losses.findings.map(({ policy }) => policy)).toEqual([
      "least-copies",
      "reserve-n-minus-2",
      "unrouted-site",
    ]);
    const found = detect(sites(["seoul", "tokyo", "osaka"], 200), [off("osaka")]);
    expect(told(found)).toEqual([["dangerous", "osaka", "live.state On Off"]]);
    expect(found.losses.findings.map(({ policy }) => policy)).toContain("reserve-n-minus-1");
  });

  test("of a standby stands off by design", () => {
    const pair = [
      ...site("seoul", 100, { failoverRoutingPolicies: [{ type: "PRIMARY" }] }),
      ...site("tokyo", 100, { failoverRoutingPolicies: [{ type: "SECONDARY" }] }),
    ];
    expect(detect(pair, [off("tokyo")]).verdict).toBe("none");
    expect(told(detect(pair, [off("seoul")]))).toMatchObject([["dangerous", "seoul", "live.state On Off"]]);
  });

  test("that no answer goes by is nobody's drift, and so is one of another stack", () => {
    const [instance = {}, control = {}] = site("osaka", 100);
    expect(detect([...sites(["seoul", "tokyo"], 100), instance, control], [off("osaka")]).verdict).toBe("none");
    expect(detect(sites(["seoul"], 100), [off("tokyo")]).verdict).toBe("none");
  });

  test("counts through a calculated check by its threshold", () => {
    const calculated = (childHealthThreshold: number) => {
      const inputs = { type: "CALCULATED", childHealthchecks: ["tokyo-id", "other-id"], childHealthThreshold };
      return [
        ...sites(["seoul"], 100),
        ...site("tokyo", 100, { weightedRoutingPolicies: [{ weight: 1 }], healthCheckId: "both-id" }),
        entry("aws:route53/healthCheck:HealthCheck", "other", { type: "HTTPS", fqdn: "x", resourcePath: "/healthz" }),
        entry("aws:route53/healthCheck:HealthCheck", "both", inputs),
      ];
    };
    expect(detect(calculated(2), [off("tokyo")]).verdict).toBe("lost");
    expect(detect(calculated(1), [off("tokyo")]).verdict).toBe("none");
  });
});

describe("a backup", () => {
  const arn = "arn:aws:dynamodb:ap-northeast-2:111122223333:table/ledger";
  const words = { "duplex:service": "ledger", "duplex:tier": "critical", "duplex:layer": "store" };
  const backedUp = (schedule?: string) => [
    table({ inputs: { tags: words }, outputs: { arn } }),
    entry("aws:backup/vault:Vault", "v", { name: "v", region: "ap-northeast-1" }),
    entry("aws:backup/plan:Plan", "p", { rules: [{ ruleName: "r", targetVaultName: "v", ...(schedule === undefined ? {} : { schedule }) }] }),
    entry("aws:backup/selection:Selection", "s", { planId: "p-id", resources: [arn] }),
  ]; // prettier-ignore
  const last = (time: string) => protectedResources({ [arn]: time });

  test("within the plan's interval and its start window is in time", () => {
    // Twelve hours and eight before noon on the 15th.
    const half = backedUp("cron(0 0/12 * * ? *)");
    expect(detect(half, [last("2022-10-14T16:00:00Z")]).verdict).toBe("none");
    expect(told(detect(half, [last("2022-10-14T15:59:59Z")]))).toEqual([
      ["bearable", "ledger", "live.newestBackupAgeSeconds 43200 72001"],
    ]);
  });

  test("that is a month old loses what the policy of intervals asks for", () => {
    const found = detect(backedUp("cron(0 5 ? * * *)"), [last("2022-09-15T04:00:00Z")]);
    expect(told(found)).toEqual([["dangerous", "ledger", "live.newestBackupAgeSeconds 86400 2620800"]]);
    expect(found.losses.findings.map(({ policy }) => policy)).toEqual(["backup-interval"]);
  });

  test("counts by the newest of several answers", () => {
    expect(detect(backedUp(), [last("2022-09-15T04:00:00Z"), last("2022-10-15T04:00:00Z")]).verdict).toBe("none");
  });

  describe("that was never made", () => {
    const other = arn.replace("ledger", "other");
    const elsewhere = other.replace("ap-northeast-2", "eu-west-1");
    const born = (created?: string) => {
      const [store = {}, ...rest] = backedUp();
      return [{ ...store, ...(created === undefined ? {} : { created }) }, ...rest];
    };
    const listing = (key: string) => protectedResources({ [key]: "2022-10-15T04:00:00Z" });

    test("leaves all that the store has taken since it was made", () => {
      const found = detect(born("2022-10-01T12:00:00Z"), [listing(other)]);
      expect(told(found)).toEqual([["dangerous", "ledger", "live.newestBackupAgeSeconds 86400 1209600"]]);
    });

    test.each([
      ["a store that is young", "2022-10-15T00:00:00Z", listing(other)],
      ["one of which nobody knows how old it is", undefined, listing(other)],
      ["one of another region than the list", "2022-10-01T12:00:00Z", listing(elsewhere)],
      ["one after the end of a part of the list", "2022-10-01T12:00:00Z", { ...listing(other), NextToken: "x" }],
    ])("is not told of %s", (_, created, document) => {
      expect(detect(born(created), [document]).verdict).toBe("none");
    });
  });

  test("of what no plan selects, or is not in the stack, says nothing", () => {
    const [store = {}] = backedUp();
    expect(detect([store], [last("2021-10-15T04:00:00Z")]).verdict).toBe("none");
    expect(detect([table()], [last("2021-10-15T04:00:00Z")]).verdict).toBe("none");
  });
});

describe("an alarm", () => {
  const lag = (name: string, dimensions: Readonly<Record<string, string>>, more = {}) =>
    describedAlarms(alarm(name, ["AWS/DynamoDB", "ReplicationLatency"], dimensions, more));
  const named = (tags: Readonly<Record<string, string>> = {}): EntryChange => ({
    inputs: {
      name: "ledger",
      tags: { "duplex:service": "ledger", "duplex:tier": "critical", "duplex:layer": "store", ...tags },
    },
  });
  const promised = { "duplex:rto-seconds": "300", "duplex:rpo-seconds": "60" };

  test("on replication lag takes the recovery point of a critical store", () => {
    const found = detect([table(named(promised))], [lag("lag", { TableName: "ledger" })]);
    expect(told(found)).toEqual([["dangerous", "ledger", "live.replicationLag.lag OK ALARM"]]);
    expect(found.losses.findings.map(({ policy, verdict }) => [policy, verdict])).toEqual([
      ["rpo-objective", "unknown"],
    ]);
  });

  test("is bearable where no recovery point is promised", () => {
    const found = detect([table(named())], [lag("lag", { TableName: "ledger" })]);
    expect(told(found)).toEqual([["bearable", "ledger", "live.replicationLag.lag OK ALARM"]]);
  });

  test("on the lag of a global Aurora cluster is about the copy that it names", () => {
    const tags = { "duplex:service": "orders", "duplex:tier": "critical", "duplex:layer": "store", ...promised };
    const cluster = (name: string, region: string) =>
      entry("aws:rds/cluster:Cluster", name, {
        region,
        clusterIdentifier: name,
        globalClusterIdentifier: "orders",
        engine: "aurora-postgresql",
        tags,
      });
    const stack = [
      entry("aws:rds/globalCluster:GlobalCluster", "orders", { globalClusterIdentifier: "orders" }),
      cluster("seoul", "ap-northeast-2"),
      cluster("tokyo", "ap-northeast-1"),
    ];
    const answer = (metric: string) =>
      describedAlarms(
        alarm(
          "behind",
          ["AWS/RDS", metric],
          { DBClusterIdentifier: "tokyo" },
          { AlarmArn: "arn:aws:cloudwatch:ap-northeast-1:111122223333:alarm:behind" },
        ),
      );
    const found = detect(stack, [answer("AuroraGlobalDBReplicationLag")]);
    expect(told(found)).toEqual([["dangerous", "tokyo", "live.replicationLag.behind OK ALARM"]]);
    expect(found.losses.findings.map(({ policy }) => policy)).toEqual(["rpo-objective"]);
    // Readers of one cluster share its storage: nothing is lost by their lag.
    expect(detect(stack, [answer("AuroraReplicaLag")]).verdict).toBe("none");
  });

  test.each([
    ["of another table", { TableName: "other" }, {}],
    ["of a table of that name in another region", { TableName: "ledger" }, { AlarmArn: "arn:aws:cloudwatch:us-east-1:111122223333:alarm:lag" }],
    ["that is OK", { TableName: "ledger" }, { StateValue: "OK" }],
    ["that watches no lag, and is in no state", { TableName: "ledger" }, { MetricName: "ConsumedReadCapacityUnits" }],
  ])("%s says nothing", (_, dimensions, more) => {
    expect(detect([table(named(promised))], [lag("lag", dimensions, more)]).verdict).toBe("none");
  }); // prettier-ignore

  describe("of the program", () => {
    const made = (tags: Readonly<Record<string, string>>) => entry("aws:cloudwatch/metricAlarm:MetricAlarm", "busy", { name: "busy", region: "ap-northeast-2", tags }); // prettier-ignore
    const busy = (more = {}) => describedAlarms(alarm("busy", ["AWS/DynamoDB", "ReadThrottleEvents"], { TableName: "ledger" }, more)); // prettier-ignore

    test.each([
      ["by its words", made({ "duplex:service": "ledger", "duplex:tier": "critical" }), table()],
      ["by what it watches", made({}), table(named())],
    ])("is told of a critical service %s", (_, resource, store) => {
      expect(told(detect([store, resource], [busy()]))).toEqual([["bearable", "busy", "live.alarms.busy OK ALARM"]]);
    });

    test("is not told where nothing critical hangs on it, nor where it only scales", () => {
      expect(detect([table(named({ "duplex:tier": "standard" })), made({})], [busy()]).verdict).toBe("none");
      const scales = { AlarmActions: ["arn:aws:autoscaling:ap-northeast-2:111122223333:scalingPolicy:x"] };
      expect(detect([table(named()), made({})], [busy(scales)]).verdict).toBe("none");
    });
  });

  test("stands beside what has drifted of the same resource", () => {
    const before = [table(named(promised))];
    const after = [table({ inputs: { ...named(promised).inputs, ...oneCopy.inputs } })];
    const found = detect(before, [lag("lag", { TableName: "ledger" })], after);
    expect(found.drifts.map(({ drift }) => drift.urn)).toEqual([tableUrn]);
    expect(found.drifts[0]?.drift.changes.map(({ path }) => path)).toContain("live.replicationLag.lag");
    expect(found.losses.findings.map(({ policy }) => policy)).toContain("single-region");
  });
});
