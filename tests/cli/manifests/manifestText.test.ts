import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { clusterOfFile } from "../../../cli/input/clusterOfFile";
import { fileOfCluster, manifestText } from "../../../cli/manifests/manifestText";
import type { ClusterManifests } from "../../../cli/manifests/manifestsOf";

describe("the text of manifests", () => {
  const cluster = (data: Readonly<Record<string, string>>): ClusterManifests => ({
    ...{ cluster: "a", unknown: [], secret: [], leftOut: [] },
    objects: [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "x" }, data }],
  });

  test("keeps texts that YAML 1.1, as kubectl reads it, would take for something else", () => {
    const data = {
      a: "on",
      b: "yes",
      c: "1_000",
      d: "012",
      e: "1e3",
      f: "0x1F",
      g: "null",
      h: "12:30:45",
      i: "~",
      j: "",
    };
    const [document] = parseAllDocuments(manifestText(cluster(data), "yaml"), { version: "1.1" });
    expect((document?.toJS() as { data: unknown }).data).toEqual(data);
  });

  test("is a List in JSON", () => {
    expect(JSON.parse(manifestText(cluster({ a: "b" }), "json"))).toMatchObject({
      kind: "List",
      items: [{ data: { a: "b" } }],
    });
  });

  test("has a file whose name leads back to the cluster", () => {
    for (const name of ["pangyo", "gke_project_zone_name", "arn:aws:eks:ap-northeast-2:1:cluster/a", "a.b", "50%"]) {
      const file = fileOfCluster(name, "yaml");
      expect(file).not.toContain("/");
      expect(clusterOfFile(join("some", "folder", file))).toBe(name);
    }
  });
});
