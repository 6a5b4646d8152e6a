import { Recorder, type RegisterRequest } from "../../../cli/engine/program/recorder";
import { unknownText } from "../../../cli/engine/program/wire";
import { manifestsOf, type ClusterManifests } from "../../../cli/manifests/manifestsOf";
import { componentTypes } from "../../../model";

const secretMark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

/** A program's registrations, made by hand. */
class Program {
  readonly recorder = new Recorder({ project: "p", stack: "dev", config: {} });

  /** @returns the reference by which objects name the provider */
  cluster(name: string, inputs: RegisterRequest["inputs"] = { context: name }, parent = ""): string {
    const { urn } = this.register({ type: "pulumi:providers:kubernetes", name, inputs, parent });
    return `${urn}::${unknownText}`;
  }

  site(name: string): string {
    const { urn } = this.register({ type: componentTypes.site, name: `site-${name}`, custom: false });
    this.recorder.publish(urn, { site: { kind: "facility", name } });
    return urn;
  }

  object(provider: string, apiVersion: string, kind: string, rest: RegisterRequest["inputs"]) {
    const type = `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
    return this.register({ type, provider, inputs: { apiVersion, kind, ...rest } });
  }

  register(changes: Partial<RegisterRequest>) {
    const name = `one-${this.recorder.registrations().length}`;
    return this.recorder.register({
      ...{ type: "", name, custom: true, parent: "", provider: "", id: "", version: "4.34.2", downloadUrl: "" },
      ...{ inputs: {}, dependencies: [], propertyDependencies: {}, ...changes },
    });
  }

  manifests(): readonly ClusterManifests[] {
    return manifestsOf(this.recorder.registrations());
  }
}

describe("the objects of a program", () => {
  test("go to the cluster of their provider's context, and say the site around it", () => {
    const program = new Program();
    const east = program.cluster("east", { context: "east-admin" }, program.site("chuncheon"));
    const west = program.cluster("west", { cluster: "west-cluster" });
    program.object(east, "v1", "Namespace", { metadata: { name: "shop" } });
    program.object(west, "v1", "Namespace", { metadata: { name: "shop" } });
    const found = program.manifests().map(({ cluster, site, objects }) => [cluster, site, objects.length]);
    expect(found).toEqual([
      ["east-admin", "chuncheon", 1],
      ["west-cluster", undefined, 1],
    ]);
  });

  test("come in an order in which they can be applied, whatever the order of the program", () => {
    const program = new Program();
    const cluster = program.cluster("a");
    const metadata = { name: "x", namespace: "shop" };
    program.object(cluster, "apps/v1", "Deployment", { metadata });
    program.object(cluster, "scheduling.k8s.io/v1", "PriorityClass", { metadata: { name: "high" }, value: 10 });
    program.object(cluster, "v1", "ConfigMap", { metadata });
    program.object(cluster, "v1", "Namespace", { metadata: { name: "shop" } });
    const [only] = program.manifests();
    expect(only?.objects.map((object) => object["kind"])).toEqual([
      "Namespace",
      "PriorityClass",
      "ConfigMap",
      "Deployment",
    ]);
  });

  test("have the same made-up names each time, and the provider's namespace where they are in one", () => {
    const made = () => {
      const program = new Program();
      const cluster = program.cluster("a", { context: "a", namespace: "shop" });
      program.object(cluster, "v1", "ConfigMap", { data: { a: "b" } });
      program.object(cluster, "v1", "ConfigMap", { metadata: { name: "own", namespace: "other" } });
      program.object(cluster, "v1", "Namespace", { metadata: { name: "shop" } });
      return program.manifests();
    };
    expect(made()).toEqual(made());
    expect(made()[0]?.objects.map((object) => object["metadata"])).toEqual([
      { name: "shop" },
      { name: "own", namespace: "other" },
      { name: expect.stringMatching(/^one-1-[0-9a-f]{8}$/) as string, namespace: "shop" },
    ]);
  });

  test("hold nothing that is Pulumi's own", () => {
    const program = new Program();
    program.object(program.cluster("a"), "v1", "ConfigMap", {
      __defaults: [],
      metadata: { __defaults: ["name"], name: "x" },
      data: { key: "value" },
    });
    expect(program.manifests()[0]?.objects).toEqual([
      { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "x" }, data: { key: "value" } },
    ]);
  });

  test("never hold a secret, marked or of the kind that holds nothing else; the places are told", () => {
    const program = new Program();
    const cluster = program.cluster("a");
    const secret = (value: string | { readonly [key: string]: string }) => ({ ...secretMark, value });
    program.object(cluster, "v1", "Secret", {
      metadata: { name: "s" },
      data: secret({ pin: "aHVudGVyMg==" }),
      stringData: { open: "hunter2" },
    });
    program.object(cluster, "v1", "ConfigMap", { metadata: { name: "c" }, data: { url: secret("hunter2") } });
    const [only] = program.manifests();
    const text = JSON.stringify(only);
    expect(text).not.toContain("hunter2");
    expect(text).not.toContain("aHVudGVyMg");
    expect(only?.secret).toEqual([
      { object: "ConfigMap c", path: "data.url" },
      { object: "Secret s", path: "data.pin" },
      { object: "Secret s", path: "stringData.open" },
    ]);
    // The server refuses data that is not base64.
    const pin = (only?.objects[1]?.["data"] as { pin: string }).pin;
    expect(Buffer.from(pin, "base64").toString()).toBe("[secret]");
  });

  test("name what is not known before it is deployed, and what is not made here", () => {
    const program = new Program();
    const cluster = program.cluster("a");
    const metadata = { name: "x" };
    program.object(cluster, "v1", "ConfigMap", { metadata, data: { uid: unknownText, list: ["a", unknownText] } });
    program.register({ type: "kubernetes:helm.sh/v3:Release", name: "chart", provider: cluster });
    program.register({
      type: "kubernetes:apps/v1:DeploymentPatch",
      name: "p",
      provider: cluster,
      inputs: { apiVersion: "apps/v1", kind: "Deployment", metadata },
    });
    program.register({
      type: "kubernetes:core/v1:Namespace",
      name: "read",
      provider: cluster,
      id: "shop",
      inputs: { apiVersion: "v1", kind: "Namespace", metadata },
    });
    const [only] = program.manifests();
    expect(only?.objects).toHaveLength(1);
    expect(only?.unknown.map(({ object, path }) => `${object} ${path}`)).toEqual([
      "ConfigMap x data.list[1]",
      "ConfigMap x data.uid",
    ]);
    expect(only?.leftOut.map((reason) => reason.split(":", 4).slice(0, 3).join(":"))).toEqual([
      'kubernetes:apps/v1:DeploymentPatch "p"',
      'kubernetes:core/v1:Namespace "read"',
      'kubernetes:helm.sh/v3:Release "chart"',
    ]);
  });
});
