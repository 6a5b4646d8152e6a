/** Budgets by what they pick and what they let go: each form, and the near miss beside it. */
import { readEstate } from "../../inventory";
import type { Value } from "../../inventory/resource";
import { judge } from "../../policies/judge";
import { facility } from "../support/estateBuilder";
import { StackBuilder } from "../support/stackBuilder";

type Values = Readonly<Record<string, Value>>;

/** Findings on budgets, each with its workload, of Deployments "web" of three pods and "api" of two. */
function found(...budgets: readonly Values[]): readonly string[] {
  const stack = new StackBuilder();
  const cluster = stack.cluster("a");
  stack.deployment(cluster, "web", 3, { service: "web", tier: "critical" }, {}, "shop");
  stack.deployment(cluster, "api", 2, { service: "api", tier: "critical" }, {}, "shop");
  budgets.forEach((spec, index) =>
    stack.add(
      "kubernetes:policy/v1:PodDisruptionBudget",
      `b${index}`,
      { metadata: { name: `b${index}`, namespace: "shop" }, spec },
      { provider: cluster },
    ),
  );
  return judge(readEstate(stack.resources, { sites: [facility("a")] }), { today: "2026-01-01" })
    .findings.filter(({ policy }) => policy.startsWith("disruption-budget"))
    .map(({ policy, service }) => `${policy} ${service}`)
    .sort();
}

const web = { selector: { matchLabels: { app: "web" } } };
const api = { selector: { matchLabels: { app: "api" } }, maxUnavailable: 1 };
const both = { selector: { matchExpressions: [{ key: "app", operator: "In", values: ["web", "api"] }] } };
const all = { selector: {} };
const absent = (...names: readonly string[]) => names.map((name) => `disruption-budget-absent ${name}`);
const blocks = (...names: readonly string[]) => names.map((name) => `disruption-budget-blocks ${name}`);

it.each<[string, readonly Values[], readonly string[]]>([
  ["one for each", [{ ...web, maxUnavailable: 1 }, api], []],
  ["one by an expression for both", [{ ...both, maxUnavailable: 1 }], []],
  ["one of which an empty selector picks all", [{ ...all, maxUnavailable: 1 }], []],
  ["one without a selector", [{ maxUnavailable: 1 }], absent("api", "web")],
  ["one that picks others", [{ selector: { matchLabels: { app: "shop" } }, maxUnavailable: 1 }, api], absent("web")],
  ["one that lets all three go", [{ ...web, maxUnavailable: 3 }, api], absent("web")],
  ["one that lets all go but one", [{ ...web, maxUnavailable: 2 }, api], []],
  ["one that keeps none", [{ ...web, minAvailable: 0 }, api], absent("web")],
  ["one that keeps no part", [{ ...web, minAvailable: "0%" }, api], absent("web")],
  ["one that keeps a part, which rounds up to one", [{ ...web, minAvailable: "1%" }, api], []],
  ["one that lets a part go, which rounds up to all", [{ ...web, maxUnavailable: "67%" }, api], absent("web")],
  ["one that lets a tenth go, which rounds up to one", [{ ...web, maxUnavailable: "10%" }, api], []],
  ["one without a limit", [web, api], absent("web")],
  ["one that lets none go", [{ ...web, maxUnavailable: 0 }, api], blocks("web")],
  ["one that keeps all", [{ ...web, minAvailable: "100%" }, api], blocks("web")],
  ["one that keeps more than there are", [{ ...web, minAvailable: 5 }, api], blocks("web")],
  ["one that keeps one of both, so that all of either may go", [{ ...both, minAvailable: 1 }], absent("api", "web")],
  ["one that lets two of both go, so that both of one may", [{ ...both, maxUnavailable: 2 }], absent("api")],
  ["one that keeps all of both", [{ ...both, minAvailable: 5 }], blocks("api", "web")],
  [
    "two on the same pods",
    [
      { ...web, maxUnavailable: 1 },
      { ...both, maxUnavailable: 1 },
    ],
    blocks("web"),
  ],
])("%s", (_, budgets, expected) => {
  expect(found(...budgets)).toEqual([...expected].sort());
});
