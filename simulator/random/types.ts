/** The types of the `random` provider. Values come from a seed that each store draws once, and stay with the object. */
import type { Making, ResourceType } from "../engine/resourceType";
import { list, number, text, UNKNOWN, type Properties, type Value } from "../engine/values";
import { petWords } from "./words";

interface Definition {
  readonly name: string;
  readonly value: (making: Making) => Readonly<Record<string, Value>>;
  readonly id?: (values: Readonly<Record<string, Value>>, making: Making) => string | undefined;
  readonly defaults?: Properties;
  readonly secrets?: readonly string[];
  readonly check?: ResourceType["check"];
}

function randomType({ name, value, id, ...rest }: Definition): ResourceType {
  const file = `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
  return {
    ...rest,
    token: `random:index/${file}:${name}`,
    replaceOn: "all",
    placeOf: () => "random",
    // Where the real provider gives one id to all ("none", "-"), this one keeps them apart.
    id: (making) => id?.(value(making), making) ?? `${file}-${making.hex(16)}`,
    state: (making) => {
      const { inputs, old, preview } = making;
      if (old) return { ...old.state, ...inputs };
      const made = value(making);
      return { ...inputs, ...(preview ? Object.fromEntries(Object.keys(made).map((key) => [key, UNKNOWN])) : made) };
    },
  };
}

function bytes(making: Making, count: number, salt = ""): Buffer {
  return Buffer.from(making.secretHex(count * 2, salt), "hex");
}

/** A number below `limit`, without a bias that matters: out of 48 bits. */
function below(making: Making, limit: number, salt: string): number {
  return bytes(making, 6, salt).readUIntBE(0, 6) % Math.max(1, limit);
}

const alphabets = {
  Lower: "abcdefghijklmnopqrstuvwxyz",
  Upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  Numeric: "0123456789",
  Special: "!@#$%&*()-_=+[]{}<>:?",
} as const;

/** At least so many of each kind as asked for, the rest out of all allowed ones, in a random order. */
function characters(making: Making): string {
  const { inputs } = making;
  const special = text(inputs["overrideSpecial"]) ?? alphabets.Special;
  const kinds = Object.entries({ ...alphabets, Special: special }).filter(
    ([kind]) => inputs[kind.toLowerCase()] !== false,
  );
  const all = kinds.map(([, alphabet]) => alphabet).join("");
  const wanted = kinds.flatMap(([kind, alphabet]) =>
    Array.from({ length: number(inputs[`min${kind}`]) ?? 0 }, () => alphabet),
  );
  const length = number(inputs["length"]) ?? 0;
  const sources = [...wanted, ...Array.from({ length: Math.max(0, length - wanted.length) }, () => all)];
  const drawn = sources.map((alphabet, index) => alphabet[below(making, alphabet.length, `character${index}`)] ?? "");
  return shuffled(making, drawn).join("");
}

function shuffled<T>(making: Making, values: readonly T[]): readonly T[] {
  const keyed = values.map((value, index) => ({ value, key: making.secretHex(12, `order${index}`) }));
  return keyed.sort((left, right) => (left.key < right.key ? -1 : 1)).map(({ value }) => value);
}

const checkCharacters: ResourceType["check"] = (inputs, refuse) => {
  const length = number(inputs["length"]);
  const least = ["minLower", "minUpper", "minNumeric", "minSpecial"].reduce(
    (sum, key) => sum + (number(inputs[key]) ?? 0),
    0,
  );
  if (length !== undefined && length < Math.max(1, least)) {
    refuse("length", `length must be at least ${Math.max(1, least)}, and is ${length}.`);
  }
  if (["lower", "upper", "numeric", "special"].every((key) => inputs[key] === false)) {
    refuse("special", "One of lower, upper, numeric and special must be true.");
  }
};

const stringDefaults = {
  lower: true,
  upper: true,
  numeric: true,
  special: true,
  minLower: 0,
  minUpper: 0,
  minNumeric: 0,
  minSpecial: 0,
};

function uuidOf(making: Making, version: string): string {
  const digits = making.secretHex(32, "uuid");
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `${version}${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
    digits.slice(20),
  ].join("-");
}

function uuidType(name: string, version: string): ResourceType {
  return randomType({
    name,
    value: (making) => ({ result: uuidOf(making, version) }),
    id: ({ result }) => text(result),
  });
}

export const randomTypes: readonly ResourceType[] = [
  randomType({
    name: "RandomBytes",
    value: (making) => {
      const drawn = bytes(making, number(making.inputs["length"]) ?? 0);
      return { base64: drawn.toString("base64"), hex: drawn.toString("hex") };
    },
    secrets: ["base64", "hex"],
  }),
  randomType({
    name: "RandomId",
    value: (making) => {
      const drawn = bytes(making, number(making.inputs["byteLength"]) ?? 0);
      const prefix = text(making.inputs["prefix"]) ?? "";
      return {
        hex: `${prefix}${drawn.toString("hex")}`,
        dec: `${prefix}${BigInt(`0x${drawn.toString("hex") || "0"}`).toString()}`,
        b64Std: `${prefix}${drawn.toString("base64")}`,
        b64Url: `${prefix}${drawn.toString("base64url")}`,
      };
    },
    id: ({ b64Url }) => text(b64Url),
  }),
  randomType({
    name: "RandomInteger",
    value: (making) => {
      const least = number(making.inputs["min"]) ?? 0;
      const most = number(making.inputs["max"]) ?? 0;
      return { result: least + below(making, most - least + 1, text(making.inputs["seed"]) ?? "integer") };
    },
    check: (inputs, refuse) => {
      const { min, max } = inputs;
      if (typeof min === "number" && typeof max === "number" && max < min) {
        refuse("max", `max must be at least min ${min}, and is ${max}.`);
      }
    },
  }),
  randomType({
    name: "RandomPassword",
    // bcryptHash is left out rather than made up: nothing could be checked against it.
    value: (making) => ({ result: characters(making) }),
    defaults: stringDefaults,
    secrets: ["result"],
    check: checkCharacters,
  }),
  randomType({
    name: "RandomString",
    value: (making) => ({ result: characters(making) }),
    defaults: stringDefaults,
    check: checkCharacters,
  }),
  randomType({
    name: "RandomPet",
    value: () => ({}),
    id: (_values, making) => petName(making),
    defaults: { length: 2, separator: "-" },
  }),
  randomType({
    name: "RandomShuffle",
    value: (making) => {
      const drawn = shuffled(making, list(making.inputs["inputs"]));
      return { results: drawn.slice(0, number(making.inputs["resultCount"]) ?? drawn.length) };
    },
  }),
  uuidType("RandomUuid", "4"),
  uuidType("RandomUuid4", "4"),
  uuidType("RandomUuid7", "7"),
];

function petName(making: Making): string {
  const { inputs } = making;
  const count = number(inputs["length"]) ?? 2;
  const words = Array.from({ length: count }, (_, index) => {
    const list = index === count - 1 ? petWords.names : petWords.adjectives;
    return list[below(making, list.length, `word${index}`)] ?? "";
  });
  return [text(inputs["prefix"]), ...words].filter(Boolean).join(text(inputs["separator"]) ?? "-");
}
