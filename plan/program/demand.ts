/** What is to be planned, in numbers: services with the sites that they may stand in, and the losses to be survived. */
import type { LossCase, ReserveSite } from "../../survival/reserve";

/** A site that a service may stand in. */
export interface CandidateSite extends ReserveSite {
  /** One unit for a month. */
  readonly unitMonth: number;
  /** What stands there as soon as one unit does, for a month. */
  readonly entranceMonth: number;
  /** Cores that one unit takes of the site's room; 0 where there is none to share. */
  readonly unitCores: number;
  /** Sites of one stretched cluster have equal units. @default a site of its own */
  readonly cluster?: string;
}

export interface ServiceDemand {
  readonly service: string;
  readonly sites: readonly CandidateSite[];
  /** Normal operation among them; `zonesLeft` in the order of `sites`. */
  readonly cases: readonly LossCase[];
  readonly leastSites: number;
}

/** What the services of one site share. */
export interface Room {
  readonly site: string;
  readonly cores: number;
}

/** One requirement that somebody has written: what can contradict others. */
export type Constraint =
  | { readonly kind: "loss"; readonly service: string; readonly loss: LossCase }
  | { readonly kind: "sites"; readonly service: string; readonly least: number }
  | { readonly kind: "room"; readonly site: string; readonly cores: number };

/** Every constraint of these demands, in their order. */
export function constraintsOf(demands: readonly ServiceDemand[], rooms: readonly Room[]): readonly Constraint[] {
  return [
    ...demands.flatMap(({ service, cases, leastSites }): Constraint[] => [
      { kind: "sites", service, least: leastSites },
      ...cases.map((loss): Constraint => ({ kind: "loss", service, loss })),
    ]),
    ...rooms.map((room): Constraint => ({ kind: "room", ...room })),
  ];
}
