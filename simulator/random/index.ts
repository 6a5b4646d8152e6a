/** The simulated `random` provider. */
import { failure } from "../errors";
import type { Family } from "../engine/resourceType";
import type { ProviderSchema } from "../schema/schema";
import { randomTypes } from "./types";

export const randomFamily: Family = {
  name: "random",
  version: "4.21.2",
  types: randomTypes,
  functions: {},
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- read on first use: a provider starts without it
  schema: () => require("../schema/random.json") as ProviderSchema,
  checkConfig: (config) =>
    Object.keys(config)
      .filter((key) => key !== "version")
      .map((key) => failure("configuration", key, `The random provider has no setting ${key}. Remove it.`)),
  settings: () => ({ namespace: "default", defaultTags: {}, flags: new Set() }),
  replaceConfigOn: [],
  prepare: (_type, inputs) => inputs,
  deadPlace: () => "The random provider stands nowhere and cannot be lost.",
  endpointOf: (place) => ({ kind: "cluster", name: place }),
};
