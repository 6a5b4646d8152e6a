/** Rendered manifests: several documents, lists, and mistakes with the line in which they stand. */
import fc from "fast-check";
import { readEstate } from "../../inventory";
import { fromManifests } from "../../inventory/sources/manifests";
import { UserError, type Mistake } from "../../model";
import { facility } from "../support/estateBuilder";
import { placesOf, serviceIn } from "../support/estateOf";

const sites = [facility("pangyo"), facility("ansan")];

const deployment = (name: string, replicas = 2) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: shop
  labels: { duplex.dev/service: ${name} }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, resources: { requests: { cpu: "1", memory: 1Gi } } }] }
`;

function mistakesOf(text: string): readonly Mistake[] {
  try {
    fromManifests(text, { cluster: "pangyo" });
  } catch (error) {
    if (error instanceof UserError) return error.mistakes;
    throw error;
  }
  return [];
}

describe("rendered manifests", () => {
  it("are objects of one cluster, which stands where the site of that context stands", () => {
    const text = ["# Source: chart", deployment("web"), "---", "", "---", deployment("api", 3)].join("\n");
    const resources = fromManifests(text, { cluster: "pangyo" });
    expect(resources.map(({ urn }) => urn)).toEqual([
      "kubernetes:pangyo",
      "kubernetes:pangyo:Deployment:shop/web",
      "kubernetes:pangyo:Deployment:shop/api",
    ]);
    const estate = readEstate(resources, { sites });
    expect(placesOf(serviceIn(estate, "api"))).toEqual(["facility:pangyo active 3"]);
    expect(estate.notJudged).toEqual([]);
  });

  it("may be lists, as kubectl writes them in YAML or JSON; core kinds belong to core", () => {
    const list = { apiVersion: "v1", kind: "List", items: [{ apiVersion: "v1", kind: "Service", metadata: { name: "web" }, spec: {} }] }; // prettier-ignore
    const nested = { apiVersion: "v1", kind: "List", items: [list] };
    const [, service] = fromManifests(JSON.stringify(nested), { cluster: "a" });
    expect(service).toMatchObject({ type: "kubernetes:core/v1:Service", urn: "kubernetes:a:Service:default/web" });
  });

  it("count the last of an object that comes twice", () => {
    const resources = fromManifests([deployment("web", 1), deployment("web", 5)].join("---\n"), { cluster: "a" });
    expect(resources).toHaveLength(2);
    expect(resources[1]?.properties).toMatchObject({ spec: { replicas: 5 } });
  });

  it("say every mistake with its line", () => {
    const text = [deployment("web"), "kind: Deployment\nspec: {}\n", "just a text\n", "a: [1,\n"].join("---\n");
    expect(mistakesOf(text).map(({ code, line }) => [code, line])).toEqual([
      ["DPX412", 20],
      ["DPX413", 14],
      ["DPX413", 17],
    ]);
    expect(mistakesOf("kind: List\napiVersion: v1\nitems: [{ kind: Pod }]\n")).toMatchObject([{ code: "DPX413", path: "items[0]", line: 1 }]); // prettier-ignore
  });

  it("refuse a document made of aliases to exhaust its reader", () => {
    const levels = Array.from({ length: 12 }, (_, level) =>
      level === 0 ? "l0: &l0 [x]" : `l${level}: &l${level} [${Array.from({ length: 10 }, () => `*l${level - 1}`).join(", ")}]`,
    ); // prettier-ignore
    expect(mistakesOf(levels.join("\n"))).toMatchObject([{ code: "DPX412" }]);
  });

  describe("apply merge keys as kubectl does", () => {
    const labelsOf = (lines: readonly string[]) => {
      const text = ["apiVersion: v1", "kind: Service", "metadata:", "  name: web", ...lines.map((line) => `  ${line}`)];
      return fromManifests(text.join("\n"), { cluster: "a" })[1]?.properties.metadata;
    };

    it.each([
      ["before the map's own entries", ["x: &x { tier: important, app: web }", "labels:", "  <<: *x", "  app: api"]],
      ["after them", ["x: &x { tier: important, app: web }", "labels:", "  app: api", "  <<: *x"]],
      ["of several maps, the first of which wins", ["labels:", "  <<: [{ app: api }, { app: web, tier: important }]"]],
      [
        "of maps that are merged themselves",
        ["x: &x { tier: important }", "y: &y { <<: *x, app: api }", "labels: { <<: *y }"],
      ],
    ])("%s", (_, lines) => {
      expect(labelsOf(lines)).toMatchObject({ labels: { app: "api", tier: "important" } });
    });

    it("and leave a key that is only written like one", () => {
      expect(labelsOf(["labels: { '<<': { app: web } }"])).toMatchObject({ labels: { "<<": { app: "web" } } });
    });

    it("and refuse to merge what is no map", () => {
      expect(mistakesOf("apiVersion: v1\nkind: Service\nmetadata: { name: web, <<: 3 }\n")).toMatchObject([
        { code: "DPX412", message: expect.stringMatching(/merge/i) as string, line: 1 },
      ]);
    });
  });

  it("end in resources or in mistakes, whatever the text", () => {
    const word = fc.constantFrom("kind", ":", " ", "\n", "---\n", "- ", "[", "]", "{", "}", "&a", "*a", "<<:", "|", '"', "apiVersion", "items", "!!x", "%YAML"); // prettier-ignore
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        expect(mistakesOf(words.join("")).every(({ code }) => code === "DPX412" || code === "DPX413")).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
