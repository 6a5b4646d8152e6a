import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { sourceOfStack } from "../../estate";
import { estateConfig, withValue } from "../support/estateConfig";

describe("sourceOfStack", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "duplex-stack-"));
    writeFileSync(join(folder, "Pulumi.prod.yaml"), stringify({ config: { "duplex:estate": estateConfig() } }));
    writeFileSync(join(folder, "Pulumi.broken.yaml"), "config: [");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("finds the file that holds the estate", () => {
    expect(sourceOfStack(folder, "prod", estateConfig())?.file).toBe("Pulumi.prod.yaml");
  });

  it.each([
    ["another estate was passed", "prod", withValue(estateConfig(), ["deletionProtection"], false)],
    ["there is no file", "absent", estateConfig()],
    ["the file is not YAML", "broken", estateConfig()],
  ])("gives none where %s", (_, stack, estate) => {
    expect(sourceOfStack(folder, stack, estate)).toBeUndefined();
  });
});
