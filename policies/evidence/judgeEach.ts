import type { Service } from "../../model";
import type { Survival } from "../../survival";
import { leastShareOf } from "./reserve";

/**
 * Judges each service, for policies that ask how a service of its tier fares beside what it promises: of a large estate
 * most fare like one that was judged before, and nothing was found of.
 *
 * @param judge what is found of a service; undefined for nothing
 * @param besides what else it hangs on; undefined for a service that is judged in any case. @default nothing
 */
export function judgeEach<T>(
  survival: Survival,
  services: Iterable<Service>,
  judge: (service: Service) => T | undefined,
  besides: (service: Service) => string | undefined = () => "",
): Iterable<T> {
  return survival.judgeEach(services, judge, (service) => {
    const more = besides(service);
    return more === undefined ? undefined : `${service.tier} ${leastShareOf(service)} ${more}`;
  });
}
