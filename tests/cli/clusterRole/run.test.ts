/** `duplex cluster-role`: what it writes, and what it refuses. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { ClusterRole } from "../../../drift/permissions";
import { CommandLine } from "../../support/cli";
import { entry, exportOf, queue } from "../../support/driftStates";
import { kubernetesFaults } from "../../support/kubernetesTypes";

const root = join(__dirname, "..", "..", "..");
let commandLine: CommandLine;
beforeEach(() => (commandLine = new CommandLine()));
afterEach(() => commandLine.remove());

const object = (kind: string, name: string) => entry(`kubernetes:${kind}`, name, { metadata: { name } });
const deployment = object("apps/v1:Deployment", "web");

test("of an export is a ClusterRole that Kubernetes takes, and tells of secrets", async () => {
  await commandLine.write("state.json", exportOf(deployment, object("core/v1:Secret", "db"), queue()));
  const answer = await commandLine.duplex(["cluster-role", "state.json", "--name", "shop-reader"]);
  expect(answer.code).toBe(0);
  expect(answer.err).toBe("The role may read these secrets, in any namespace, as a refresh does: db.\n");
  const role = parse(answer.out) as ClusterRole;
  expect(role.metadata.name).toBe("shop-reader");
  expect(kubernetesFaults([role])).toEqual([]);
  const secrets = role.rules.filter(({ resources }) => resources.includes("secrets"));
  expect(secrets).toEqual([{ apiGroups: [""], resources: ["secrets"], resourceNames: ["db"], verbs: ["get"] }]);
}, 60_000);

test("of this project is made of the kinds that its program makes", async () => {
  const answer = await commandLine.duplex(["cluster-role", root, "-s", "prod", "-o", "role.yaml", "--live"]);
  expect(answer).toMatchObject({ code: 0, out: "" });
  const { rules } = parse(readFileSync(join(commandLine.folder, "role.yaml"), "utf8")) as ClusterRole;
  const apps = rules.filter(({ apiGroups }) => apiGroups[0] === "apps");
  expect(apps).toContainEqual({
    apiGroups: ["apps"],
    resources: ["deployments", "statefulsets"],
    verbs: ["get", "list"],
  });
  expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(["get", "list"]));
}, 300_000);

test("with releases of Helm is refused, all of them in one run, unless they may be left out", async () => {
  await commandLine.write(
    "state.json",
    exportOf(deployment, object("helm.sh/v3:Release", "a"), object("helm.sh/v3:Release", "b")),
  );
  const refused = await commandLine.duplex(["cluster-role", "state.json"]);
  expect(refused).toMatchObject({ code: 1, out: "" });
  expect(refused.err.match(/DPX753/g)).toHaveLength(2);
  const allowed = await commandLine.duplex(["cluster-role", "state.json", "--allow-missing"]);
  expect(allowed.code).toBe(0);
  expect(allowed.err).toMatch(/^Left out, so that their drift could not be told: .*::a, .*::b\.\n$/);
});

test("of a stack without Kubernetes is refused, and so is a name that it would not take", async () => {
  await commandLine.write("state.json", exportOf(queue()));
  expect((await commandLine.duplex(["cluster-role", "state.json"])).err).toContain("[DPX754]");
  expect((await commandLine.duplex(["cluster-role", "state.json", "--name", "A b"])).err).toContain("[DPX001]");
});
