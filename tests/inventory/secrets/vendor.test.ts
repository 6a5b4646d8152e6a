import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import vendor from "../../../inventory/secrets/vendor.json";

const sdk = join(__dirname, "..", "..", "..", "node_modules", "@pulumi", "aws");

test("the outputs that are secret are those that the vendor's schema says", () => {
  const found: Record<string, string[]> = {};
  for (const name of readdirSync(sdk, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".js") || name.includes("node_modules")) continue;
    const text = readFileSync(join(sdk, name), "utf8");
    const list = /additionalSecretOutputs: \[([^\]]*)\]/.exec(text)?.[1];
    const type = /__pulumiType = '([^']+)'/.exec(text)?.[1];
    if (list === undefined || type === undefined || list.trim() === "") continue;
    found[type] = [...list.matchAll(/"([^"]+)"/g)].map(([, property = ""]) => property).sort();
  }
  expect(vendor).toEqual(found);
});
