import { driftClasses, stackOf, type DriftVerdict } from "../../drift";
import type { DriftSummary } from "../../drift/record";
import type { Sample, Series } from "../document";
import type { DriftReport } from "./report";

const verdicts: readonly DriftVerdict[] = ["none", "bearable", "lost", "unread"];

/** Drift in figures; of many stacks each by itself. */
export function seriesOf(report: DriftReport): readonly Series[] {
  const { source, rules, summary, verdict, stacks, changed } = report;
  const stack = { stack: source.stack ?? "" };
  const one = (value: number): readonly Sample[] => [[stack, value]];
  const each = (stacks ?? [{ stack: stack.stack, summary, verdict }]).map((about) => ({
    ...about,
    label: { stack: about.stack },
  }));
  const counts = (name: keyof DriftSummary): readonly Sample[] =>
    each.map((about): Sample => [about.label, about.summary[name]]);
  return [
    {
      name: "resources",
      help: "Resources that have drifted, by what that does to survival.",
      samples: each.flatMap(({ label, summary: own }) =>
        driftClasses.map((name): Sample => [{ ...label, class: name }, own[name]]),
      ),
    },
    { name: "compared_resources", help: "Resources that were compared.", samples: counts("compared") },
    { name: "unread_resources", help: "Resources that could not be read.", samples: counts("couldNotTell") },
    { name: "expected_changes", help: "Changes that a rule expects.", samples: counts("expected") },
    { name: "ignored_changes", help: "Changes that the program ignores.", samples: counts("ignored") },
    {
      name: "expired_rules",
      help: "Rules of expected drift that have expired.",
      samples: one(rules.filter(({ expired }) => expired).length),
    },
    {
      name: "lost_survival",
      help: "1 for a service that newly goes down with one failure domain.",
      samples: lostSurvival(report),
    },
    {
      name: "changed",
      help: "1 where drift has come, gone or changed its class since the last run.",
      samples: changed === null ? [] : one(Number(changed)),
    },
    ...simulated(report),
    {
      name: "verdict",
      help: "1 for the verdict of the run, 0 for the others.",
      samples: each.flatMap(({ label, verdict: own }) =>
        verdicts.map((name): Sample => [{ ...label, verdict: name }, Number(name === own)]),
      ),
    },
  ];
}

/** Only where something is of the simulated cloud, as of one stack. */
function simulated({ source, stacks }: DriftReport): readonly Series[] {
  const about = stacks ?? [{ stack: source.stack ?? "", simulated: source.simulated }];
  const samples = about.filter((one) => one.simulated === true).map(({ stack }): Sample => [{ stack }, 1]);
  const help = "1 where the resources are of the simulated cloud.";
  return samples.length === 0 ? [] : [{ name: "simulated_cloud", help, samples }];
}

/** Each service and domain once, whatever has drifted. */
function lostSurvival({ drifts, acrossStacks = [], stacks, source }: DriftReport): readonly Sample[] {
  const losses = [...drifts.flatMap(({ hangsOn }) => hangsOn), ...acrossStacks.filter(({ drift }) => drift)];
  const samples = losses.map(({ service, tier, domain }): [string, Sample] => {
    const own = stacks?.find((about) => about.stack.endsWith(stackOf(service)))?.stack ?? source.stack ?? "";
    return [`${service} ${domain}`, [{ stack: own, service, tier, domain: domain ?? "" }, 1]];
  });
  return [...new Map(samples).values()];
}
