import type { Layer, Replica, RouteTarget } from "../../model";
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
  why:
    "The standby elsewhere did not take over. Failing over to a group of zero machines moves the outage, not the " +
    "service.",
  proves:
    "Looks, for each target of a name but the last resort, whether the replicas behind it run at least one unit, " +
    "and, beside targets that serve, whether it serves too: a group that is to be scaled out from zero answers with " +
    "an error until then.",
  fix: {
    text: "Run at least one unit behind every target, or take the target out of the answers.",
    snippet: 'new aws.autoscaling.Group("login-tokyo", { ...group, minSize: 3, desiredCapacity: 30 });',
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  *judge(context) {
    for (const service of ownServices(context)) {
      const replicas = new Map(service.replicas.map((replica) => [replica.id, replica]));
      const behindOf = (target: RouteTarget) => target.replicas.flatMap((id) => replicas.get(id) ?? []);
      const allBehind = (target: RouteTarget, test: (replica: Replica) => boolean) =>
        target.replicas.every((id) => {
          const replica = replicas.get(id);
          return replica !== undefined && test(replica);
        });
      for (const route of service.routes) {
        const regular = route.targets.filter((target) => !target.lastResort && target.replicas.length > 0);
        const empty = regular.filter((target) => allBehind(target, isEmpty));
        const serves = regular.some((target) => behindOf(target).some(({ role }) => role === "active"));
        const dark =
          serves && !holdsData.has(service.layer)
            ? regular.filter((target) => !empty.includes(target) && allBehind(target, isStandby))
            : [];
        if (empty.length === 0 && dark.length === 0) continue;
        const named = [...empty, ...dark];
        const names = (targets: readonly RouteTarget[]) => list(targets.map((target) => urnName(target.urn)));
        const found = [
          ...(empty.length > 0 ? [`0 run behind ${names(empty)}`] : []),
          ...(dark.length > 0 ? [`what stands behind ${names(dark)} has to be started first`] : []),
        ];
        yield {
          verdict: "broken",
          service: service.id,
          lost: [],
          urns: [...new Set([...named.flatMap(behindOf).map((r) => r.urn), ...named.map((target) => target.urn)])],
          message:
            `${subject(service)} must run at least 1 unit behind every answer of "${route.name}", and ` +
            `${found.join(", and ")}.`,
        };
      }
    }
  },
};

/** What follows a store stands by as a matter of course, and may have a name of its own. */
const holdsData: ReadonlySet<Layer> = new Set(["store", "cache", "queue"]);

function isEmpty({ units }: Replica): boolean {
  return units.known && units.value === 0;
}

function isStandby({ role }: Replica): boolean {
  return role === "standby";
}
