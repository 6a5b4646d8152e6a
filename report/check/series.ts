import type { Verdict } from "../../policies/judge";
import { tiers } from "../../model";
import { listsBy } from "../../lib/lists";
import type { Sample, Series } from "../document";
import type { CheckReport, ReportFinding } from "./report";

const verdicts: readonly Verdict[] = ["survives", "advice", "refused", "nothingJudged"];
const levels: readonly ReportFinding["level"][] = ["mandatory", "advisory"];

/** The judgement in figures: what a dashboard of many stacks is made from. */
export function seriesOf({ source, verdict, findings, summary, survival, exemptions }: CheckReport): readonly Series[] {
  const stack = { stack: source.stack ?? "" };
  const one = (value: number): readonly Sample[] => [[stack, value]];
  const cells = survival.rows.flatMap(({ service, tier, cells: all }) =>
    all.map((cell, index) => ({ cell, labels: { ...stack, service, tier, lost: survival.columns[index] ?? "" } })),
  );
  return [
    {
      name: "findings",
      help: "Findings, by how they speak and by tier.",
      samples: levels.flatMap((level) =>
        tiers.map((tier): Sample => {
          const those = findings.filter((finding) => finding.level === level && finding.tier === tier);
          return [{ ...stack, level, tier }, those.length];
        }),
      ),
    },
    {
      name: "policy_findings",
      help: "Findings of one policy; absent where it has none.",
      samples: [...listsBy(findings, ({ level, policy }) => `${level} ${policy}`).values()].flatMap(
        (those): readonly Sample[] =>
          those.slice(0, 1).map(({ level, policy }) => [{ ...stack, level, policy }, those.length]),
      ),
    },
    { name: "services", help: "Services that were judged.", samples: one(summary.services) },
    { name: "not_judged_resources", help: "Resources that no reader knows.", samples: one(summary.notJudged) },
    {
      name: "expired_exemptions",
      help: "Exemptions whose last day has passed.",
      samples: one(exemptions.filter(({ expired }) => expired).length),
    },
    {
      name: "served_share",
      help: "Share of the peak, 0 to 1, that a service surely serves once it has recovered from the loss of a site.",
      samples: cells.map(({ cell, labels }): Sample => [labels, cell.share]),
    },
    {
      name: "recovery_seconds",
      help: "Seconds until then; absent where it never recovers, or nobody knows.",
      samples: cells.flatMap(({ cell, labels }): readonly Sample[] =>
        cell.rtoSeconds === null ? [] : [[labels, cell.rtoSeconds]],
      ),
    },
    ...(source.simulated === true
      ? [{ name: "simulated_cloud", help: "1 where the resources are of the simulated cloud.", samples: one(1) }]
      : []),
    {
      name: "verdict",
      help: "1 for the verdict of the run, 0 for the others.",
      samples: verdicts.map((name): Sample => [{ ...stack, verdict: name }, Number(name === verdict)]),
    },
  ];
}
