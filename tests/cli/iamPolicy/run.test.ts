/** `duplex iam-policy`: what it writes, where, and what it refuses. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PolicyDocument } from "../../../drift/permissions";
import { CommandLine } from "../../support/cli";
import { entry, exportOf, queue, table } from "../../support/driftStates";

const root = join(__dirname, "..", "..", "..");
let commandLine: CommandLine;
beforeEach(() => (commandLine = new CommandLine()));
afterEach(() => commandLine.remove());

const strange = (name: string) => entry("aws:quicksight/dashboard:Dashboard", name, { region: "ap-northeast-2" });

test("of an export holds what its types ask for", async () => {
  await commandLine.write("state.json", exportOf(table(), queue()));
  const answer = await commandLine.duplex(["iam-policy", "state.json"]);
  expect(answer).toMatchObject({ code: 0, err: "" });
  const { Version, Statement } = JSON.parse(answer.out) as PolicyDocument;
  expect(Version).toBe("2012-10-17");
  expect(Statement.map(({ Sid }) => Sid)).toEqual(["ReadDynamodb", "ReadSqs"]);
});

test("of this project fits into one policy, and its types are all known", async () => {
  const answer = await commandLine.duplex(["iam-policy", root, "-s", "prod", "-o", "reader.json"]);
  expect(answer).toMatchObject({ code: 0, out: "" });
  const { Statement } = JSON.parse(readFileSync(join(commandLine.folder, "reader.json"), "utf8")) as PolicyDocument;
  const regions = new Set(Statement.flatMap((each) => each.Condition?.StringEquals["aws:RequestedRegion"] ?? []));
  expect([...regions].sort()).toEqual(["ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "us-east-1"]);
  const unbound = Statement.filter((each) => each.Condition === undefined && each.Resource === "*");
  expect(unbound.map(({ Sid }) => Sid)).toEqual(["ReadIam", "ReadRoute53"]);
}, 300_000);

test("of unknown types is refused, all of them in one run, unless they may be left out", async () => {
  const other = entry("aws:quicksight/theme:Theme", "t", { region: "ap-northeast-2" });
  await commandLine.write("state.json", exportOf(queue(), strange("a"), strange("b"), other));
  const refused = await commandLine.duplex(["iam-policy", "state.json", "-o", "reader.json"]);
  expect(refused).toMatchObject({ code: 1, out: "" });
  expect(refused.err.trim().split("\n")).toEqual([
    expect.stringMatching(/^state\.json: .*quicksight\/dashboard:Dashboard; the stack holds 2\. .*\[DPX750\]$/),
    expect.stringMatching(/quicksight\/theme:Theme; the stack holds 1\. .*\[DPX750\]$/),
  ]);
  expect(existsSync(join(commandLine.folder, "reader.json"))).toBe(false);
  const allowed = await commandLine.duplex(["iam-policy", "state.json", "--allow-missing"]);
  expect(allowed.code).toBe(0);
  expect(allowed.err).toMatch(/^Left out.*quicksight\/dashboard:Dashboard, aws:quicksight\/theme:Theme\.\n$/);
});

test("of a stack without AWS is refused", async () => {
  await commandLine.write("state.json", exportOf(entry("kubernetes:apps/v1:Deployment", "web", {})));
  expect((await commandLine.duplex(["iam-policy", "state.json"])).err).toContain("[DPX751]");
  await commandLine.write("state.json", exportOf(strange("a")));
  expect((await commandLine.duplex(["iam-policy", "state.json", "--allow-missing"])).err).toContain("[DPX751]");
});

test("too long for one is written as several, and never to one stream", async () => {
  const secrets = Array.from({ length: 150 }, (_, index) =>
    entry("aws:secretsmanager/secretVersion:SecretVersion", `s${index}`, {
      region: "ap-northeast-2",
      secretId: `arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:of-a-name-that-is-rather-long-${index}`,
    }),
  );
  await commandLine.write("state.json", exportOf(...secrets));
  const refused = await commandLine.duplex(["iam-policy", "state.json"]);
  expect(refused).toMatchObject({ code: 1, out: "" });
  expect(refused.err).toContain("[DPX752]");
  const answer = await commandLine.duplex(["iam-policy", "state.json", "-o", "reader.json"]);
  expect(answer.code).toBe(0);
  expect(answer.err).toContain("The role may read what these hold");
  const parts = [1, 2].map((part) => readFileSync(join(commandLine.folder, `reader-${part}.json`), "utf8"));
  const granted = parts.flatMap((text) =>
    (JSON.parse(text) as PolicyDocument).Statement.flatMap(({ Resource }) => Resource),
  );
  expect(new Set(granted.filter((each) => each !== "*")).size).toBeGreaterThan(75);
});

test("with what --live is given and with the state in a bucket is one policy", async () => {
  await commandLine.write("state.json", exportOf(table(), queue()));
  const key = "arn:aws:kms:ap-northeast-2:111122223333:key/0a1b";
  const flags = ["--live", "--backend", "s3://states/team?region=ap-northeast-2", "--kms-key", key];
  const answer = await commandLine.duplex(["iam-policy", "state.json", ...flags]);
  expect(answer).toMatchObject({ code: 0, err: "" });
  const { Statement } = JSON.parse(answer.out) as PolicyDocument;
  const sids = ["ReadCloudwatch", "ReadDynamodb", "ReadSqs", "ReadTag", "BackendList", "BackendRead", "BackendDecrypt"];
  expect(Statement.map(({ Sid }) => Sid)).toEqual(sids);
  expect(Statement.at(-2)?.Resource).toEqual(["arn:aws:s3:::states/team/.pulumi/*"]);
});

test.each([
  ["--backend", "gs://states", "It must be s3://BUCKET"],
  ["--kms-key", "alias/states", "It must be the ARN of a key"],
])("%s %s is a mistake", async (flag, value, message) => {
  const answer = await commandLine.duplex(["iam-policy", "state.json", flag, value]);
  expect(answer).toMatchObject({ code: 1, out: "" });
  expect(answer.err).toContain(message);
  expect(answer.err).toContain("[DPX001]");
});
