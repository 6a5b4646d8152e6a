/** Services of which a policy has found nothing: of a large estate, most fare like one that was looked at before. */
import type { DomainId, Service, Survival } from "../../model";
import { leastShareOf } from "./reserve";

/** For policies that ask only how a service of this tier fares, beside what it promises. */
export class Cleared {
  readonly #survival: Survival;
  readonly #known = new Set<string>();

  constructor(survival: Survival) {
    this.#survival = survival;
  }

  /**
   * True where nothing was found of a service that fares like this one, is of its tier and promises the same.
   *
   * @param losses that were looked at. @default those that follow from the tier
   */
  has(service: Service, losses?: readonly DomainId[]): boolean {
    return this.#known.has(this.#keyOf(service, losses));
  }

  add(service: Service, losses?: readonly DomainId[]): void {
    this.#known.add(this.#keyOf(service, losses));
  }

  #keyOf(service: Service, losses: readonly DomainId[] | undefined): string {
    const looked = losses === undefined ? "" : JSON.stringify(losses);
    return `${this.#survival.alike(service.id)} ${service.tier} ${leastShareOf(service)} ${looked}`;
  }
}
