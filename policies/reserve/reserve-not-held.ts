import type { Replica } from "../../model";
import { factsOf, ownServices } from "../evidence/read";
import { count, subject } from "../evidence/words";
import type { Policy } from "../policy";

export const reserveNotHeld: Policy = {
  name: "reserve-not-held",
  code: "DPX325",
  title: "A standby that starts on demand has its capacity held",
  family: "reserve",
  severity: "medium",
  rows: ["2", "3", "K2", "K7"],
  why:
    "The standby did not take over. When a site is lost, everybody asks the surviving ones for machines at the same " +
    "hour; capacity that nobody holds is then a hope.",
  proves:
    "Looks, for each service with a standby of which no unit runs, for a capacity reservation, a warm pool or " +
    "placeholder pods of that service.",
  fix: {
    text: "Hold the standby's capacity, or better, let it run: a replica that already serves needs no start.",
    snippet:
      'new aws.ec2.CapacityReservation("login-tokyo", { instanceType: "m7g.xlarge", instanceCount: 30, ' +
      'availabilityZone, instancePlatform: "Linux/UNIX" });',
  },
  levels: { critical: "advisory", important: "advisory" },
  config: {},
  *judge(context) {
    const held = new Set(factsOf(context.estate, "reserve").map((fact) => fact.service));
    for (const service of ownServices(context)) {
      const standbys = service.replicas.filter((r) => r.role === "standby" && startsFromNothing(r));
      if (standbys.length === 0 || held.has(service.id)) continue;
      yield {
        verdict: "broken",
        service: service.id,
        lost: [],
        urns: [...new Set(standbys.map((replica) => replica.urn))].sort(),
        message:
          `${subject(service)} must have the capacity of its ${count(standbys.length, "standby")} ` +
          "held by a reservation, a warm pool or placeholder pods, and no such reserve was found.",
      };
    }
  },
};

/** A standby whose units run already holds its capacity, whatever it still needs before it serves. */
function startsFromNothing({ units }: Replica): boolean {
  return units.known && units.value === 0;
}
