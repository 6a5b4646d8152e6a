/** Ways out of a drift. */
import { isLive, type PropertyChange, type ResourceDrift } from "../../drift";
import { segments } from "../../drift/paths";
import type { FixRecord } from "../../drift/record";

const accept: FixRecord = {
  action: "accept",
  text: "Or expect it: a rule with an owner, a reason and an end, in the file of `--expected`.",
};

/**
 * Ways out. Putting back needs `--refresh`: an `up` compares the program with the state, in which nothing has changed.
 *
 * @param isIgnored true where `ignoreChanges` names a part of it
 */
export function fixesOf(drift: ResourceDrift, isIgnored: boolean, stack: string | null): readonly FixRecord[] {
  const on = stack === null ? "" : ` -s ${stack}`;
  if (drift.kind === "unmanaged") return [...adoptions(drift, on), accept];
  const known = [...drift.changes, ...drift.ignored];
  const live = drift.changes.filter(isLive).map((change) => liveFix(change, drift));
  if (drift.kind === "changed" && known.every(isLive)) return [...live, accept];
  const first = isIgnored ? "Take the property out of `ignoreChanges`, then put it back" : "Put it back";
  const verb = drift.kind === "gone" ? "Make it anew" : first;
  const text = `${verb}: \`pulumi up --refresh${on} --target '${drift.urn}'\`.`;
  return [{ action: "putBack", text }, ...live, accept];
}

function adoptions({ urn, type, id }: ResourceDrift, on: string): readonly FixRecord[] {
  const [, arn] = /::(arn:.+)$/s.exec(urn) ?? [];
  const tail = arn?.split(/[:/]/).at(-1) ?? urn.split("::").at(-1) ?? urn;
  const command = `pulumi import${on} ${type} ${tail.replaceAll("/", "-")} ${id ?? "<id>"}`;
  const isKnown = type.startsWith("kubernetes:") || /^aws:[^/]+\/[^:]+:/.test(type) || arn === undefined;
  const adopt = isKnown
    ? `\`${command}\`, and add it to the program`
    : `\`pulumi import\` with the type and the id that the provider's page of it names`;
  return [
    { action: "import", text: `Take it over: ${adopt}.` },
    {
      action: "remove",
      text: "Or delete it in the cloud, if nobody needs it; or take the words off it that make it critical.",
    },
  ];
}

/** The id of an object of Kubernetes is its namespace and name. */
function describeCommand(type: string, id: string | undefined): string {
  const [name = "<name>", namespace] = (id ?? "").split("/").reverse();
  const kind = type.slice(type.lastIndexOf(":") + 1).toLowerCase();
  const where = namespace === undefined ? "" : ` --namespace ${namespace}`;
  return `\`kubectl describe ${kind} ${name}${where}\`, and its pods`;
}

function liveFix({ path }: PropertyChange, { type, id }: ResourceDrift): FixRecord {
  const [, member = "", name = ""] = segments(path);
  switch (member) {
    case "state":
      return {
        action: "putBack",
        text:
          "Turn the switch on, if the drill is over: " +
          "`aws route53-recovery-cluster update-routing-control-state --routing-control-state On " +
          `--routing-control-arn ${id ?? "<arn>"}\`, at an endpoint of its cluster.`,
      };
    case "newestBackupAgeSeconds":
      return {
        action: "mend",
        text:
          "See why no backup is made: `aws backup list-backup-jobs --by-state FAILED`; " +
          "then make one with `aws backup start-backup-job`.",
      };
    case "replicationLag":
      return {
        action: "mend",
        text: `Let the copy catch up: until alarm "${name}" is OK again, nobody knows how much a failover loses.`,
      };
    case "readyPods":
      return { action: "mend", text: `See why its pods are not ready: ${describeCommand(type, id)}.` };
    default:
      return { action: "mend", text: `See what alarm "${name}" tells, and mend that.` };
  }
}
