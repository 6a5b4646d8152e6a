/**
 * Sets of domains as bits: an estate's components share most of their domains, and every loss is compared with each.
 */
import type { DomainId } from "../model/domain";

export type DomainMask = Uint32Array;

export interface DomainMasks {
  /** The set of those of these domains that the index knows. */
  of(domains: Iterable<DomainId>): DomainMask;
  /** Adds the second set to the first. */
  addTo(mask: DomainMask, more: DomainMask): void;
  /** What both sets have, as a key for a map. */
  commonKey(one: DomainMask, other: DomainMask): string;
  members(mask: DomainMask): DomainId[];
}

/** Indexes these domains; all masks that it makes have one length. */
export function createDomainMasks(domains: Iterable<DomainId>): DomainMasks {
  const names = [...new Set(domains)];
  const indexOf = new Map(names.map((name, index) => [name, index]));
  const words = Math.ceil(names.length / 32);
  return {
    of(members) {
      const mask = new Uint32Array(words);
      for (const member of members) {
        const index = indexOf.get(member);
        if (index !== undefined) mask[index >>> 5] = (mask[index >>> 5] ?? 0) | (1 << (index & 31));
      }
      return mask;
    },
    addTo(mask, more) {
      for (let word = 0; word < words; word++) mask[word] = (mask[word] ?? 0) | (more[word] ?? 0);
    },
    commonKey(one, other) {
      let key = "";
      for (let word = 0; word < words; word++) {
        const common = ((one[word] ?? 0) & (other[word] ?? 0)) >>> 0;
        if (common !== 0) key += `${word}:${common.toString(36)} `;
      }
      return key;
    },
    members: (mask) => names.filter((_, index) => ((mask[index >>> 5] ?? 0) >>> (index & 31)) & 1),
  };
}
