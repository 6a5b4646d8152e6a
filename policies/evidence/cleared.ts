/** Services of which a policy has found nothing: of a large estate, most fare like one that was looked at before. */
import type { Service, Survival } from "../../model";
import { leastShareOf } from "./reserve";

/** For policies that ask only how a service of this tier fares, beside what it promises. */
export class Cleared {
  readonly #survival: Survival;
  readonly #known = new Set<string>();

  constructor(survival: Survival) {
    this.#survival = survival;
  }

  /** True where nothing was found of a service that fares like this one, is of its tier and promises the same. */
  has(service: Service): boolean {
    return this.#known.has(this.#keyOf(service));
  }

  add(service: Service): void {
    this.#known.add(this.#keyOf(service));
  }

  #keyOf(service: Service): string {
    return `${this.#survival.alike(service.id)} ${service.tier} ${leastShareOf(service)}`;
  }
}
