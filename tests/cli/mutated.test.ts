/** Damaged input of every kind is judged or refused with a code, and is never a defect; the seed is in the message. */
import { stringify } from "yaml";
import { canaryEntries } from "../support/canaries";
import { CommandLine } from "../support/cli";
import { lookedUp, record } from "../support/cloudTrail";
import { estateConfig } from "../support/estateConfig";
import { exportOf, oneCopy, queue, table } from "../support/driftStates";
import {
  alarm,
  controls,
  deployment,
  describedAlarms,
  listed,
  protectedResources,
  tagged,
} from "../support/liveAnswers";
import { oneBuildingState, pangyoSite } from "../support/states";
import { mutated, randomOf } from "../support/structuralMutations";

/**
 * Of each kind of input. Every second document has one mutation, for one may hide what another does; the others have
 * so many that all kinds together have seen more than 10,000.
 */
const documentsOfAKind = 90;
const mostMutations = 20;
const seed = 20221015;

let commandLine: CommandLine;
beforeAll(async () => {
  commandLine = new CommandLine();
  await commandLine.write("a.json", exportOf(table(), queue()));
  await commandLine.write("b.json", exportOf(table(oneCopy), queue({ inputs: { delaySeconds: 9 } })));
});
afterAll(() => commandLine.remove());

const tags = { "duplex:service": "pay", "duplex:tier": "critical" };
const resources = [table(), ...oneBuildingState().deployment.resources, ...canaryEntries("a")] as readonly {
  readonly urn: string;
}[];
const state = exportOf(...resources);
const preview = {
  config: { "duplex:policies": JSON.stringify({ all: "mandatory", estate: { sites: [pangyoSite] } }) },
  steps: resources.map((newState, index) => ({
    op: index % 2 === 0 ? "create" : "same",
    newState,
    oldState: newState,
  })),
  changeSummary: { create: 1, same: 1 },
};
const events = [
  ...resources.map((resource) => ({ resOutputsEvent: { metadata: { op: "same", urn: resource.urn, new: resource } } })),
  { summaryEvent: {} },
].map((event, sequence) => ({ sequence, timestamp: 1, ...event }));
const settings = {
  ...{ all: "mandatory", "dns-ttl": { enforcementLevel: "advisory", longestTtlSeconds: 30 } },
  "health-check-shallow": { levels: { important: "disabled" } },
  estate: {
    ...{
      sites: [pangyoSite],
      clusters: { a: "pangyo" },
      tierNames: { gold: "critical" },
      tiers: { messenger: "critical" },
    },
    ...{ tags: { tier: "Criticality" }, requirements: { critical: { leastCopies: 2 } }, defaultTier: "standard" },
    exemptions: [
      {
        policy: "single-facility",
        owner: "o",
        reason: "r",
        ticket: "T-1",
        expires: "2099-01-01",
        service: "messenger",
      },
    ],
  },
};
const live = [
  tagged(["arn:aws:dynamodb:ap-northeast-2:111122223333:table/x", tags]),
  describedAlarms(alarm("lag", ["AWS/DynamoDB", "ReplicationLatency"], { TableName: "ledger" })),
  controls({ "arn:aws:route53-recovery-control::111122223333:controlpanel/0a1b/routingcontrol/1": "Off" }),
  protectedResources({ "arn:aws:dynamodb:ap-northeast-2:111122223333:table/ledger": "2022-10-15T00:00:00Z" }),
  listed(deployment("pay", { "duplex.dev/service": "pay" })),
];
const manifests = resources.flatMap((each) => {
  const { inputs } = each as { readonly inputs?: Readonly<Record<string, unknown>> };
  return inputs !== undefined && "kind" in inputs ? [inputs] : [];
});
const estate = { config: { "duplex:estate": estateConfig() } };
const states = ["drift", "--state", "a.json", "--actual", "b.json"];
const lines = (value: unknown) => (Array.isArray(value) ? value : [value]).map((one) => JSON.stringify(one)).join("\n");
const documents = (value: unknown) =>
  (Array.isArray(value) ? value : [value]).map((one) => stringify(one)).join("---\n");

const kinds: readonly [string, unknown, (value: unknown) => unknown, readonly string[]][] = [
  ["a state", state, JSON.stringify, ["check", "in"]],
  ["a preview", preview, JSON.stringify, ["check", "in"]],
  ["an event log", events, lines, ["check", "in"]],
  [
    "a deployed state in drift",
    exportOf(table(), queue()),
    JSON.stringify,
    ["drift", "--state", "in", "--actual", "b.json"],
  ],
  [
    "a refreshed state in drift",
    exportOf(table(), queue()),
    JSON.stringify,
    ["drift", "--state", "a.json", "--actual", "in"],
  ],
  ["settings", settings, JSON.stringify, ["check", "b.json", "--config", "in"]],
  ["answers of the cloud", live, lines, [...states, "--live", "in"]],
  [
    "records of CloudTrail",
    lookedUp(record("dynamodb", "UpdateTable", { tableName: "x" })),
    JSON.stringify,
    [...states, "--attribution", "in"],
  ],
  ["manifests", manifests, documents, ["check", "in.yaml"]],
  ["an estate", estate, stringify, ["estate", "validate", "in"]],
  ["what a reader's policy is made of", state, JSON.stringify, ["iam-policy", "in", "--allow-missing", "--live"]],
  ["what a reader's role is made of", state, JSON.stringify, ["cluster-role", "in", "--allow-missing", "--live"]],
];

test("are more than 10,000 mutations", () => {
  expect(kinds.length * (documentsOfAKind / 2) * (1 + mostMutations)).toBeGreaterThan(10_000);
});

test.each(kinds)(
  "%s",
  async (what, document, write, argv) => {
    const input = argv.includes("in.yaml") ? "in.yaml" : "in";
    const random = randomOf(seed);
    const faults: string[] = [];
    for (let count = 0; count < documentsOfAKind; count++) {
      const text = write(mutated(document, count % 2 === 0 ? 1 : mostMutations, random));
      await commandLine.write(input, text ?? "");
      const { code, out, err } = await commandLine.duplex(argv);
      const isFine = [0, 1, 2, 3].includes(code) && !/defect of duplex|^\s+at /m.test(err);
      if (isFine && (code === 1 && out === "" ? /\[DPX\d{3}\]/.test(err) : true)) continue;
      faults.push(`Seed ${seed}, mutation ${count} of ${what}: code ${code}\n${err}\n${String(text).slice(0, 2000)}`);
    }
    expect(faults).toEqual([]);
  },
  60_000,
);
