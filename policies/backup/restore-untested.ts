import type { RestoreTestFact, ServiceId } from "../../model";
import { backedUp } from "../evidence/backup";
import { factsOf } from "../evidence/read";
import { subject } from "../evidence/words";
import type { Policy } from "../policy";
import { addTo } from "../../lib/lists";

const daySeconds = 86_400;

export const restoreUntested: Policy = {
  name: "restore-untested",
  code: "DPX355",
  title: "Backups are restored regularly, to see that they can be",
  family: "backup",
  severity: "medium",
  rows: ["4", "5", "K12"],
  why:
    "There was a manual, but no detailed plan and no drill. A backup that was never restored is a hope: the key is " +
    "gone, the role may not, or it takes longer than anybody promised.",
  proves:
    "Looks for a restore test of AWS Backup, a plan with a selection that covers the store by ARN or by tag, and " +
    "compares its schedule with the longest time that is allowed.",
  fix: {
    text: "Add a restore testing plan, and a selection for each type of store that is backed up.",
    snippet:
      'new aws.backup.RestoreTestingSelection("tables", { restoreTestingPlanName: monthly.name, iamRoleArn: ' +
      'role.arn, protectedResourceType: "DynamoDB", protectedResourceArns: ["*"] });',
  },
  // Advisory: a team may restore by other means than AWS Backup's, of which no stack tells.
  levels: { critical: "advisory", important: "advisory" },
  config: {
    longestDays: {
      type: "integer",
      description: "Longest time between two restore tests, in days.",
      default: 92,
      minimum: 1,
      maximum: 366,
    },
  },
  *judge(context) {
    const longest = Number(context.config["longestDays"]);
    const tests = new Map<ServiceId, RestoreTestFact[]>();
    for (const fact of factsOf(context.estate, "restoreTest")) {
      if (fact.service !== undefined) addTo(tests, fact.service, fact);
    }
    for (const service of backedUp(context)) {
      const own = tests.get(service.id) ?? [];
      const days = own.flatMap(({ intervalSeconds: every }) => (every.known ? [every.value / daySeconds] : []));
      const shortest = Math.min(...days);
      if (shortest <= longest) continue;
      const must =
        `${subject(service)} must have its backups restored at least every ${longest} days ` +
        "to see that they can be";
      const common = { service: service.id, lost: [] };
      const open = own.flatMap(({ intervalSeconds: every }) => (every.known ? [] : [every.missing]))[0];
      const urns = own.length > 0 ? own.map(({ urn }) => urn) : service.backups.map(({ urn }) => urn);
      if (open !== undefined)
        yield { ...common, urns, verdict: "unknown", message: `${must}, and ${open} is not known.` };
      else {
        const found = own.length === 0 ? "no restore test covers them" : `are every ${Math.floor(shortest)} days`;
        yield { ...common, urns, verdict: "broken", message: `${must}, and ${found}.` };
      }
    }
  },
};
