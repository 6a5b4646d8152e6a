/** Quantities of Kubernetes (API reference, Quantity): `100m` is `0.1`, `64Mi` is `67108864`, `1e3` is `1k`. */

const binary = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const decimal: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, "": 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };

const form = /^([+-]?)(\d+)?(?:\.(\d*))?(?:(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE])|[eE]([+-]?\d{1,2}))?$/;

/** In billionths of billionths, exactly; undefined of what is no quantity. */
function amountOf(value: string | number): bigint | undefined {
  const [, sign, whole = "", fraction = "", suffix = "", exponent] = form.exec(String(value).trim()) ?? [];
  if (sign === undefined || whole + fraction === "" || fraction.length > 18) return undefined;
  const ten = 18 - fraction.length + (exponent === undefined ? (decimal[suffix] ?? 0) : Number(exponent));
  if (ten < 0) return undefined;
  const times = binary.includes(suffix) ? 1024n ** BigInt(binary.indexOf(suffix) + 1) : 1n;
  const amount = BigInt(whole + fraction) * 10n ** BigInt(ten) * times;
  return sign === "-" ? -amount : amount;
}

/** Fields whose values are quantities, and those that hold them by the name of a resource. */
const fields = /^(?:sizeLimit|storage|averageValue|value|divisor|cpu|memory|ephemeral-storage)$/;
const holders: ReadonlySet<string> = new Set([
  ...["limits", "requests", "capacity", "allocatable", "hard", "used", "overhead", "podFixed", "default"],
  ...["defaultRequest", "min", "max", "minAllowed", "maxAllowed", "target", "maxLimitRequestRatio"],
]);

/** @param names members from the object to the value */
export function sameQuantity(names: readonly string[], one: string | number, other: string | number): boolean {
  const isQuantity = names.slice(0, -1).some((name) => holders.has(name)) || names.at(-1) === "sizeLimit";
  if (!isQuantity && !(fields.test(names.at(-1) ?? "") && names.at(-1) !== "value")) return false;
  const [left, right] = [amountOf(one), amountOf(other)];
  return left !== undefined && left === right;
}

/** Durations as Go writes them (package time, ParseDuration): `1h` is `60m`. */
export function sameDuration(one: string, other: string): boolean {
  const left = secondsOf(one);
  return left !== undefined && left === secondsOf(other);
}

const units: Readonly<Record<string, number>> = { h: 3_600, m: 60, s: 1, ms: 0.001 };

function secondsOf(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:h|ms|m|s))+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)].reduce(
    (sum, [, number, unit = "s"]) => sum + Number(number) * (units[unit] ?? 0),
    0,
  );
}
