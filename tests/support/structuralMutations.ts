/** Documents that are wrong in one place: a member gone, of another kind, twice, deeper, or under another name. */

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A member of an object or an item of a list. */
interface Place {
  readonly of: Record<string, unknown>;
  readonly key: string;
}

function nested(depth: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = "x";
  for (let level = 0; level < depth; level++) value = wrap(value);
  return value;
}

/** What nobody expects in the place of whatever stood there; each is a new one. */
const others: readonly (() => unknown)[] = [
  ...[() => null, () => "", () => "x", () => "0", () => 0, () => -1, () => 0.5, () => 1e308, () => 2 ** 53, () => true],
  ...[() => [], () => ({}), () => [null], () => [[]], () => [{}], () => ({ x: null }), () => "urn:pulumi:a::b::c::d"],
  ...[
    () => "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    () => "[secret]",
    () => "{}",
    () => "[{]",
    () => "a".repeat(70_000),
  ],
  ...[() => nested(300, (inner) => [inner]), () => nested(300, (inner) => ({ inner })), () => "\u0000\ud800"],
  () => JSON.parse('{"__proto__": {"x": 1}, "constructor": {"prototype": 1}, "toString": 1, "length": -1}') as unknown,
  () => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", plaintext: "{" }),
  () => ({ "4dabf18193072939515e22adb298388d": "5cf8f73096256a8f31e491e813e4eb8e", urn: 1 }),
];

/** A copy of the document with so many mutations in it; a later one may stand in what an earlier one has cut off. */
export function mutated(document: unknown, times: number, random: () => number): unknown {
  const whole = { root: structuredClone(document) };
  const places: Place[] = [];
  addPlaces(whole, places);
  for (let time = 0; time < times; time++) mutateOnce(places, random);
  return whole.root;
}

function mutateOnce(places: readonly Place[], random: () => number): void {
  const any = <V>(list: readonly V[]): V => list[Math.floor(random() * list.length)] as V;
  const { of, key } = any(places);
  const value = of[key];
  const mutations: readonly (() => void)[] = [
    () => (Array.isArray(of) ? void of.splice(Number(key), 1) : void delete of[key]),
    () => void (of[key] = any(others)()),
    () => void (of[key] = any(others)()),
    () => void (of[key] = [value]),
    () => void (of[key] = { [key]: value }),
    () => (Array.isArray(of) ? void of.push(structuredClone(value)) : void (of[`${key}x`] = value)),
    () => void (of[any(["__proto__x", "constructor", "hasOwnProperty", "", "0", "urn", "type"])] = value),
    () => void (typeof value === "string" ? (of[key] = value.slice(0, Math.floor(random() * value.length))) : 0),
    () => {
      const other = any(places);
      of[key] = structuredClone(other.of[other.key]);
    },
  ];
  any(mutations)();
}

function addPlaces(value: object, places: Place[]): void {
  for (const [key, inner] of Object.entries(value)) {
    places.push({ of: value as Record<string, unknown>, key });
    if (typeof inner === "object" && inner !== null) addPlaces(inner as object, places);
  }
}
