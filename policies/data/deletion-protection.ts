import type { DeletionFact, Known, ServiceId } from "../../model";
import { factsOf, servicesById } from "../evidence/read";
import { list, subject, urnName } from "../evidence/words";
import type { Policy } from "../policy";
import { addTo } from "../../lib/lists";

export const deletionProtection: Policy = {
  name: "deletion-protection",
  code: "DPX346",
  title: "No single call deletes what holds a critical service's data",
  family: "data",
  severity: "high",
  rows: ["5", "K12"],
  why:
    "The manuals for fire, for hackers and for other disasters were in doubt. In the haste of a failover one wrong " +
    "call, or one run of the engine over the wrong stack, takes every copy of a database at once.",
  proves:
    "Reads the protection of each store: deletionProtection of databases, Aurora and global clusters, " +
    "deletionProtectionEnabled of tables and of DSQL, forceDestroy of buckets; on request that of load balancers too.",
  fix: {
    text: "Turn the deletion protection on; for a bucket, leave forceDestroy off.",
    snippet: 'new aws.dynamodb.Table("accounts", { ...table, deletionProtectionEnabled: true });',
  },
  levels: { critical: "mandatory", important: "advisory" },
  config: {
    loadBalancers: {
      type: "boolean",
      description: "Whether load balancers have to be protected too: they hold no data and are made anew in minutes.",
      default: false,
    },
  },
  *judge(context) {
    const services = servicesById(context.estate);
    const open = new Map<ServiceId, DeletionFact[]>();
    for (const fact of factsOf(context.estate, "deletion")) {
      if (fact.service === undefined || isTrue(fact.protected)) continue;
      if (fact.holds === "traffic" && context.config["loadBalancers"] !== true) continue;
      addTo(open, fact.service, fact);
    }
    for (const [id, facts] of open) {
      const service = services.get(id);
      if (service === undefined) continue;
      for (const verdict of ["broken", "unknown"] as const) {
        const found = facts.filter((fact) => fact.protected.known === (verdict === "broken"));
        if (found.length === 0) continue;
        const names = list(found.map(({ urn, property }) => `${urnName(urn)} (${property})`));
        const holds =
          verdict === "unknown" ? "may not be: it is not known yet" : found.length === 1 ? "is not" : "are not";
        yield {
          verdict,
          service: id,
          lost: [],
          urns: found.map(({ urn }) => urn),
          properties: found.map(({ property }) => property),
          message: `${subject(service)} must be protected against deletion, and ${names} ${holds}.`,
        };
      }
    }
  },
};

function isTrue(value: Known<boolean>): boolean {
  return value.known && value.value;
}
