/** Mutations of names, their answers and their health checks. */
import type { Resource } from "../../inventory/resource";
import { eachOf, eachSite, ofType, withProperty, wordOf, type MutationKind } from "./mutations";

const checks = (stack: readonly Resource[]) => ofType(stack, "aws:route53/healthCheck:HealthCheck");
const strictChecks = (stack: readonly Resource[]) => checks(stack).filter((one) => wordOf(one, "tier") !== "standard");
const awsChecks = (stack: readonly Resource[]) => checks(stack).filter((one) => /seoul|tokyo/.test(one.name));
/** Answers of a site; the notice page of last resort has none behind it. */
const records = (stack: readonly Resource[]) =>
  ofType(stack, "aws:route53/record:Record").filter((one) => one.propertyDependencies["healthCheckId"] !== undefined);
const strictRecords = (stack: readonly Resource[]) =>
  records(stack).filter(({ name }) => /^(?:messenger|login|pay)-/.test(name));
/** A record is the service's by its component's name, as `<service>-<site>` or `<service>-<site>-<zone>`. */
const owner = ({ name }: Resource) => [name.slice(0, name.indexOf("-"))];
/** An alias follows the load balancer's own check and has its time to live. */
const addresses = (stack: readonly Resource[]) =>
  records(stack).filter(({ properties }) => properties["ttl"] !== undefined);
const unlinked = (one: Resource): Resource => {
  const { healthCheckId: _, ...others } = one.propertyDependencies;
  return { ...withProperty(one, ["healthCheckId"], undefined), propertyDependencies: others };
};
const regionOfSite = (one: Resource) => (one.name.includes("-seoul") ? "ap-northeast-2" : "ap-northeast-1");

export const routingMutations: readonly MutationKind[] = [
  {
    name: "remove a health check from an answer",
    expects: ["dns-health-check"],
    mutants: eachOf(addresses, unlinked, owner),
  },
  {
    name: "raise the time to live to an hour",
    expects: ["dns-ttl"],
    mutants: eachOf(addresses, (one) => withProperty(one, ["ttl"], 3600), owner),
  },
  {
    name: "remove an answer",
    expects: ["unrouted-site", "single-facility", "single-region", "reserve-n-minus-1", "overloaded-site"],
    mutants: eachSite(records, () => undefined),
  },
  {
    name: "send everything to one site",
    expects: ["reserve-unasked"],
    mutants: function* (stack) {
      for (const kept of strictRecords(stack)) {
        const others = records(stack).filter((one) => owner(one)[0] === owner(kept)[0] && one !== kept);
        yield {
          what: `all but "${kept.name}" of no weight`,
          services: owner(kept),
          resources: stack.map((one) =>
            others.includes(one) ? withProperty(one, ["weightedRoutingPolicies", 0, "weight"], 0) : one,
          ),
        };
      }
    },
  },
  {
    name: "disable a health check",
    expects: ["dns-health-check", "placement-proof", "rto-objective"],
    mutants: eachOf(checks, (one) => withProperty(one, ["disabled"], true)),
  },
  {
    name: "turn a health check round",
    expects: ["dns-health-check", "placement-proof", "rto-objective"],
    mutants: eachOf(checks, (one) => withProperty(one, ["invertHealthcheck"], true)),
  },
  {
    name: "ask for the front page",
    expects: ["health-check-shallow"],
    mutants: eachOf(strictChecks, (one) => withProperty(one, ["resourcePath"], "/")),
  },
  {
    name: "ask for an open port",
    expects: ["health-check-shallow"],
    mutants: eachOf(strictChecks, (one) => withProperty(one, ["type"], "TCP")),
  },
  {
    name: "watch a site from inside",
    expects: ["health-check-inside"],
    mutants: eachOf(awsChecks, (one) => withProperty(one, ["regions"], [regionOfSite(one)])),
  },
  {
    name: "notice a loss after minutes",
    expects: ["rto-objective"],
    mutants: eachOf(
      (stack) => checks(stack).filter((one) => wordOf(one, "tier") === "critical"),
      (one) => withProperty(withProperty(one, ["requestInterval"], 30), ["failureThreshold"], 10),
    ),
  },
];
