/** The words of messages: how a service, a domain, a share and a time read in a sentence. */
import { kindOf, nameOf, type DomainId, type DomainKind, type Service } from "../../model";

const kindWords: Readonly<Record<DomainKind, string>> = {
  region: "region",
  zone: "zone",
  facility: "facility",
  power: "power domain",
  operator: "operator",
  carrier: "carrier",
  vendor: "vendor",
  hazard: "hazard zone",
  controlPlane: "control plane",
  account: "account",
};

/** `facility "pangyo"`. */
export function domainWords(id: DomainId): string {
  return `${kindWords[kindOf(id)]} "${nameOf(id)}"`;
}

/** `Service "login" (critical, because "messenger" needs it)`. */
export function subject(service: Service): string {
  const inherited = service.tierFrom.source === "inherited" && service.tierFrom.service;
  return `Service "${service.id}" (${service.tier}${inherited ? `, because "${inherited}" needs it` : ""})`;
}

/** `a`, `a and b`, `a, b and c`; the rest is counted once there are more than `most`. */
export function list(items: readonly string[], most = 3): string {
  if (items.length > most) return `${items.slice(0, most).join(", ")} and ${items.length - most} more`;
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items[items.length - 1] ?? ""}`;
}

/** `37 %`; rounds down, so that 99.6 % is never shown as enough. */
export function percent(share: number): string {
  return `${Math.floor(share * 100 + 1e-6)} %`;
}

/** `90 s`, `15 min`, `3 h`, `never` for Infinity. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "never";
  if (seconds >= 7200) return `${trim(seconds / 3600)} h`;
  if (seconds > 120) return `${trim(seconds / 60)} min`;
  return `${trim(seconds)} s`;
}

function trim(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Count with its noun: `1 replica`, `2 replicas`; `2 copies` where the plural is told. */
export function count(amount: number, noun: string, plural = `${noun}s`): string {
  return `${amount} ${amount === 1 ? noun : plural}`;
}

/** Logical name of a resource, quoted: the last part of its URN. */
export function urnName(urn: string): string {
  const at = urn.lastIndexOf("::");
  return `"${at < 0 ? urn : urn.slice(at + 2)}"`;
}
