/** The production estate on the real engine: up, unchanged, refreshed, judged, changed for the worse, destroyed. */
import fs from "node:fs";
import path from "node:path";
import { openCloud } from "../../simulator/control";
import { duplex, pack, simulatedStack, type SimulatedStack } from "../support/engine";

jest.setTimeout(1_200_000);

let stack: SimulatedStack;

beforeAll(async () => {
  stack = await simulatedStack();
  await stack.init("prod");
});

afterAll(() => stack.remove());

describe("the production estate", () => {
  it("comes up with every policy enforced", async () => {
    const up = await stack.pulumi("up", "-s", "prod", "--yes", "--skip-preview", "--policy-pack", pack);
    expect(up.text).not.toMatch(/\[mandatory\]/);
    expect(up).toMatchObject({ code: 0 });
  });

  it("leaves the project's own settings untouched", () => {
    expect(fs.readFileSync("Pulumi.prod.yaml", "utf8")).not.toContain("encryptionsalt");
  });

  it("has nothing to change in a second run", async () => {
    const preview = await stack.pulumi("preview", "-s", "prod", "--expect-no-changes", "--policy-pack", pack);
    expect(preview).toMatchObject({ code: 0 });
  });

  it("shows no drift in a refresh of what nobody has touched", async () => {
    const refresh = await stack.pulumi("refresh", "-s", "prod", "--preview-only", "--expect-no-changes");
    expect(refresh).toMatchObject({ code: 0 });
  });

  it("says SIMULATED in every taggable resource that it made", async () => {
    const { deployment } = await stack.state("prod");
    const tagged = (deployment.resources ?? []).filter((resource) => resource.outputs?.["tagsAll"]);
    expect(tagged.length).toBeGreaterThan(20);
    for (const resource of tagged) {
      expect(resource.outputs?.["tagsAll"]).toMatchObject({ "duplex:cloud": "SIMULATED" });
    }
  });

  it("holds no secret in plain text", async () => {
    const { deployment } = await stack.state("prod");
    expect(JSON.stringify(deployment)).not.toMatch(/"plaintext"/);
  });

  it("is judged from its state as it is in the engine", async () => {
    const file = path.join(stack.folder, "prod.json");
    fs.writeFileSync(file, JSON.stringify(await stack.state("prod")));
    const check = duplex("check", file, "--format", "json");
    const { verdict, findings } = JSON.parse(check.stdout) as { verdict: string; findings: { level: string }[] };
    expect(verdict).not.toBe("refused");
    expect(findings.filter(({ level }) => level === "mandatory")).toEqual([]);
  });

  it("is refused as soon as its resources, not its configuration, lose a site", async () => {
    const exported = await stack.state("prod");
    const resources = (exported.deployment.resources ?? []).filter(
      (resource) => !(resource.type === "kubernetes:apps/v1:Deployment" && /messenger/.test(resource.urn)),
    );
    const file = path.join(stack.folder, "fewer.json");
    fs.writeFileSync(file, JSON.stringify({ ...exported, deployment: { ...exported.deployment, resources } }));
    const check = duplex("check", file);
    expect(check.code).toBe(3);
    expect(check.stdout).toMatch(/messenger/);
  });

  it("refuses to be destroyed while its data and entrances are protected", async () => {
    const destroy = await stack.pulumi("destroy", "-s", "prod", "--yes", "--skip-preview");
    expect(destroy.code).not.toBe(0);
    expect(destroy.text).toMatch(/deletion.?protection/i);
  });

  it("is destroyed without a rest once its protection is taken off", async () => {
    const settings = path.join(stack.folder, "Pulumi.unprotected.yaml");
    const estate = fs.readFileSync("Pulumi.prod.yaml", "utf8");
    fs.writeFileSync(
      settings,
      estate.replace("  duplex:estate:\n", "  duplex:estate:\n    deletionProtection: false\n"),
    );
    const options = ["-s", "prod", "--yes", "--skip-preview", "--config-file", settings];
    expect(await stack.pulumi("up", ...options)).toMatchObject({ code: 0 });
    expect(await stack.pulumi("destroy", ...options)).toMatchObject({ code: 0 });
    const cloud = openCloud(stack.cloud);
    try {
      expect(cloud.list()).toEqual([]);
    } finally {
      await cloud.close();
    }
  });
});
