/** Objects of one cluster, as an API server answers them, and the estate that they make. */
import { readEstate } from "../../inventory";
import type { InventoryOptions } from "../../inventory/options";
import { fromObjects } from "../../inventory/sources/manifests";
import type { Estate } from "../../model";
import { facility } from "./estateBuilder";

type Fields = Readonly<Record<string, unknown>>;

/** An object in the namespace `shop`; `metadata` over what it is given. */
export function object(
  apiVersion: string,
  kind: string,
  name: string,
  body: Fields = {},
  metadata: Fields = {},
): Fields {
  return { apiVersion, kind, metadata: { name, namespace: "shop", ...metadata }, ...body };
}

export interface WebOptions {
  readonly name?: string;
  readonly replicas?: number;
  readonly tier?: string;
  readonly kind?: string;
  readonly container?: Fields;
  readonly pod?: Fields;
  readonly status?: Fields;
  readonly metadata?: Fields;
}

/** A workload whose pods have the label `app` of its name, and a container that listens on the port 8080, `http`. */
export function web(options: WebOptions = {}): Fields {
  const { name = "web", tier = "important", kind = "Deployment", container = {}, pod = {} } = options;
  const labels = { app: name };
  const words = { "duplex.dev/service": name, "duplex.dev/tier": tier };
  const main = { name: "main", image: "images.example/web:1", ports: [{ name: "http", containerPort: 8080 }] };
  return object(
    kind === "Rollout" ? "argoproj.io/v1alpha1" : "apps/v1",
    kind,
    name,
    {
      spec: {
        ...(options.replicas === undefined ? {} : { replicas: options.replicas }),
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ ...main, ...container }], ...pod } },
      },
      ...(options.status === undefined ? {} : { status: options.status }),
    },
    { labels: { ...labels, ...words }, ...options.metadata },
  );
}

/** A Service before the pods of `web`. */
export function serviceOf(spec: Fields = {}, metadata: Fields = {}, status?: Fields): Fields {
  const ports = [{ port: 80, targetPort: "http" }];
  return object(
    "v1",
    "Service",
    "web",
    { spec: { selector: { app: "web" }, ports, ...spec }, ...(status === undefined ? {} : { status }) },
    metadata,
  );
}

/** The estate of a cluster in the building `pangyo` that holds these objects. */
export function estateOfObjects(objects: readonly Fields[], options: InventoryOptions = {}): Estate {
  const resources = fromObjects(objects, { cluster: "pangyo" });
  return readEstate(resources, { sites: [facility("pangyo")], ...options });
}
