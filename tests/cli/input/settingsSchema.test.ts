import Ajv from "ajv";
import addFormats from "ajv-formats";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { settingsSchema } from "../../../cli/input/settingsSchema";
import { UserError } from "../../../model";
import { catalogue } from "../../../policies/catalogue";
import { parseSettings } from "../../../policies/settings";
import { pangyoSite } from "../../support/states";

const root = join(__dirname, "..", "..", "..");
const committed = JSON.parse(readFileSync(join(root, "schema", "policy-settings.schema.json"), "utf8")) as object;
const validate = addFormats(new Ajv({ allErrors: true, allowUnionTypes: true })).compile(committed);
const page = readFileSync(join(root, "docs", "settings.md"), "utf8");

function isRead(settings: unknown): boolean {
  try {
    parseSettings(settings);
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

test("schema/policy-settings.schema.json is what `npm run docs` writes", () => {
  expect(committed).toEqual(JSON.parse(JSON.stringify(settingsSchema())));
});

const exemption = {
  ...{ policy: "single-operator", service: "ads", owner: "ads-team", ticket: "ADS-17", expires: "2027-03-31" },
  reason: "The contract starts in March.",
};

describe("an editor and the judgement agree", () => {
  test.each<[string, unknown, boolean]>([
    ["nothing", {}, true],
    ["a level alone", { all: "advisory", "single-region": "disabled", estate: "mandatory" }, true],
    ["levels by tier", { "least-copies": { levels: { standard: "disabled" } } }, true],
    ["a knob", { "dns-ttl": { longestTtlSeconds: 30 } }, true],
    ["own sites", { estate: { sites: [pangyoSite] } }, true],
    ["an exemption", { estate: { exemptions: [exemption] } }, true],
    [
      "every policy with its defaults",
      Object.fromEntries(
        catalogue.map(({ name, config }) => [
          name,
          {
            enforcementLevel: "advisory",
            ...Object.fromEntries(Object.entries(config).map(([knob, schema]) => [knob, schema.default])),
          },
        ]),
      ),
      true,
    ],
    ["a list", [], false],
    ["no such policy", { "single-reegion": "advisory" }, false],
    ["no such level", { "single-region": "warning" }, false],
    ["no such tier", { "least-copies": { levels: { gold: "disabled" } } }, false],
    ["no such knob", { "dns-ttl": { ttl: 30 } }, false],
    ["a knob of the wrong type", { "dns-ttl": { longestTtlSeconds: "30" } }, false],
    ["a knob out of range", { "dns-ttl": { longestTtlSeconds: -1 } }, false],
    ["no such key of the estate", { estate: { exemption: [] } }, false],
    ["an exemption of no policy", { estate: { exemptions: [{ ...exemption, policy: "x" }] } }, false],
    ["an exemption without a reason", { estate: { exemptions: [{ ...exemption, reason: "" }] } }, false],
    ["an exemption without an end", { estate: { exemptions: [{ ...exemption, expires: "never" }] } }, false],
  ])("on %s", (_, settings, fine) => {
    expect({ editor: validate(settings), judgement: isRead(settings) }).toEqual({ editor: fine, judgement: fine });
  });
});

test("the example of docs/settings.md is read, and uses every way to set a level", () => {
  const example = JSON.parse(/```json\n([\s\S]+?)```/.exec(page)?.[1] ?? "") as unknown;
  validate(example);
  expect(validate.errors).toBeNull();
  expect(parseSettings(example).judge.exemptions).toHaveLength(1);
});

test("docs/settings.md explains every key of the estate", () => {
  const { properties } = settingsSchema() as { properties: { estate: { anyOf: [unknown, { properties: object }] } } };
  const keys = Object.keys(properties.estate.anyOf[1].properties).filter((key) => key !== "enforcementLevel");
  const explained = [...page.matchAll(/^\| `(\w+)`/gm)].map(([, key]) => key);
  expect(explained.sort()).toEqual(keys.sort());
});
