import type { Resource } from "../../inventory/resource";
import { renamesBetween, type Side } from "../../policies/renames";
import type { Replica, Service } from "../../model";
import { cloud, estate, facility, replica, replicasIn, service } from "../support/estateBuilder";

const sites = [facility("ansan"), facility("wonju"), cloud("seoul")];
const [ansan, wonju] = sites;
const all = [...sites];

const urn = (name: string) => `urn:pulumi:prod::shop::kubernetes:apps/v1:Deployment::${name}`;

/** Units in these sites, of resources that are named for them and for `name`. */
function units(name: string, where: readonly string[], changes: Partial<Replica> = {}): readonly Replica[] {
  return where.map((site) =>
    replica(urn(`${name}-${site}`), [`facility:${site}`], { urn: urn(`${name}-${site}`), ...changes }),
  );
}

interface Given {
  /** The later name of a resource by the earlier one. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** What a service runs, by its name. @default all run the same */
  readonly images?: Readonly<Record<string, string>>;
}

/** A resource for each unit, with an image. */
function sideOf(services: readonly Service[], { aliases = {}, images = {} }: Given): Side {
  const resources = services.flatMap(({ id, replicas }) =>
    replicas.map(({ urn: own }): Resource => ({
      ...{ urn: own, type: "kubernetes:apps/v1:Deployment", name: own, custom: true },
      ...{ dependencies: [], propertyDependencies: {} },
      properties: { spec: { containers: [{ image: images[id] ?? "images.example/app:1" }] } },
      aliases: Object.entries(aliases).flatMap(([earlier, later]) => (later === own ? [earlier] : [])),
    })),
  );
  const owning = services.map((one) => ({ ...one, urns: one.replicas.map(({ urn: own }) => own) }));
  return { estate: estate(all, owning), resources };
}

function renames(before: readonly Service[], after: readonly Service[], given: Given = {}) {
  return Object.fromEntries(renamesBetween(sideOf(before, given), sideOf(after, given)));
}

const both = ["ansan", "wonju"];

test("the same resources under another name are the same service", () => {
  expect(renames([service("shop", units("shop", both))], [service("store", units("shop", both))])).toEqual({
    shop: "store",
  });
  // Whatever else the change does to it.
  const grown = service("store", units("shop", both, { startSeconds: 90 }), { tier: "standard" });
  expect(renames([service("shop", units("shop", both))], [grown])).toEqual({ shop: "store" });
});

test("resources that an alias ties to the earlier ones are the same", () => {
  const [before, after] = [
    service("shop", units("shop", ["ansan"])),
    service("store", units("store", ["ansan"], { startSeconds: 90 })),
  ];
  expect(renames([before], [after])).toEqual({});
  expect(renames([before], [after], { aliases: { [urn("shop-ansan")]: urn("store-ansan") } })).toEqual({
    shop: "store",
  });
});

test("other resources of the same kinds at the same places are the same, while only one service is alike", () => {
  const [shop, mail, store, post] = ["shop", "mail", "store", "post"].map((name) =>
    service(name, units(name, both)),
  ) as [Service, Service, Service, Service];
  expect(renames([shop], [store])).toEqual({ shop: "store" });
  expect(renames([shop, mail], [store, post])).toEqual({});
  expect(renames([shop], [store, post])).toEqual({});
  expect(renames([shop, mail], [store, mail])).toEqual({ shop: "store" });
});

test.each<[string, Service]>([
  ["stands elsewhere", service("store", units("store", ["ansan"]))],
  ["has another tier", service("store", units("store", both), { tier: "standard" })],
  ["has another owner", service("store", units("store", both), { owner: "others" })],
  ["has no units", service("store", [])],
])("one that %s is another service", (_, other) => {
  expect(renames([service("shop", units("shop", both))], [other])).toEqual({});
});

test("one that runs another image is another service", () => {
  const [before, after] = [service("shop", units("shop", both)), service("store", units("store", both))];
  expect(renames([before], [after], { images: { store: "images.example/store:1" } })).toEqual({});
});

test("a task definition of ECS holds its image in a text", () => {
  const [before, after] = [
    sideOf([service("shop", units("shop", both))], {}),
    sideOf([service("store", units("store", both))], {}),
  ];
  const as = (image: string, side: Side): Side => ({
    ...side,
    resources: side.resources.map((one) => ({
      ...one,
      properties: { containerDefinitions: `[{ "image": "${image}" }]` },
    })),
  });
  expect(renamesBetween(as("app:1", before), as("app:1", after)).size).toBe(1);
  expect(renamesBetween(as("app:1", before), as("app:2", after)).size).toBe(0);
});

test("services that stay, and vendors, have no other name", () => {
  const shop = service("shop", units("shop", both));
  expect(renames([shop], [shop, service("store", units("store", both))])).toEqual({});
  const vendor = (id: string) => service(id, [replica(id, [])], { layer: "vendor" });
  expect(renames([vendor("a")], [vendor("b")])).toEqual({});
  expect(renames([service("idle", [])], [service("other", [])])).toEqual({});
});

test("a service that takes in less than half of the resources of another is not it", () => {
  const [one, two] = [units("shop", ["ansan"]), units("shop", ["wonju"])];
  const before = service("shop", [
    ...one,
    ...two,
    ...replicasIn(
      "shop",
      [ansan, wonju].flatMap((site) => site ?? []),
    ),
  ]);
  expect(renames([before], [service("store", one)])).toEqual({});
});
