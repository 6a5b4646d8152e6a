import { ownServices } from "../evidence/read";
import { list, subject, urnName } from "../evidence/words";
import type { Policy } from "../policy";

export const emptyStandby: Policy = {
  name: "empty-standby",
  code: "DPX336",
  title: "No answer points at something empty",
  family: "routing",
  severity: "high",
  rows: ["2", "3", "K2"],
  why: "The standby elsewhere did not take over. Failing over to a group of zero machines moves the outage, not the service.",
  proves: "Looks, for each target of a name but the last resort, whether the replicas behind it run at least one unit.",
  fix: {
    text: "Run at least one unit behind every target, or take the target out of the answers.",
    snippet: 'new aws.autoscaling.Group("login-tokyo", { ...group, minSize: 3, desiredCapacity: 30 });',
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  *judge(context) {
    for (const service of ownServices(context)) {
      const units = new Map(service.replicas.map((replica) => [replica.id, replica.units]));
      for (const route of service.routes) {
        const empty = route.targets.filter(
          (target) =>
            !target.lastResort &&
            target.replicas.length > 0 &&
            target.replicas.every((id) => {
              const running = units.get(id);
              return running?.known === true && running.value === 0;
            }),
        );
        if (empty.length === 0) continue;
        const behind = service.replicas.filter((r) => empty.some((target) => target.replicas.includes(r.id)));
        yield {
          verdict: "broken",
          service: service.id,
          lost: [],
          urns: [...new Set([...behind.map((r) => r.urn), ...empty.map((target) => target.urn)])],
          message:
            `${subject(service)} must run at least 1 unit behind every answer of "${route.name}", and 0 run behind ` +
            `${list(empty.map((target) => urnName(target.urn)))}.`,
        };
      }
    }
  },
};
