/** Ways out of a drift. */
import { shellCommand } from "../../lib/shell";
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
  if (drift.kind === "unmanaged") return [...adoptions(drift, stack), accept];
  const known = [...drift.changes, ...drift.ignored];
  const live = drift.changes.filter(isLive).map((change) => liveFix(change, drift));
  if (drift.kind === "changed" && known.every(isLive)) return [...live, accept];
  const first = isIgnored ? "Take the property out of `ignoreChanges`, then put it back" : "Put it back";
  const verb = drift.kind === "gone" ? "Make it anew" : first;
  const command = commandOn("pulumi up --refresh", stack, "--target", drift.urn);
  const how =
    command === undefined ? `by an \`up\` with \`--refresh\` of this resource; ${noCommand}` : `\`${command}\``;
  return [{ action: "putBack", text: `${verb}: ${how}.` }, ...live, accept];
}

/** What is said where a name cannot be a word of a command. */
const noCommand = "no command is given, for its name would change one";

/** A command with an option, on a stack; undefined where it cannot be told. Options of ours begin with a dash. */
function commandOn(command: string, stack: string | null, ...words: readonly string[]): string | undefined {
  const on = stack === null ? command : shellCommand(`${command} -s`, stack);
  const [first = "", ...rest] = words;
  if (on === undefined) return undefined;
  return first.startsWith("--") ? shellCommand(`${on} ${first}`, ...rest) : shellCommand(on, ...words);
}

function adoptions({ urn, type, id }: ResourceDrift, stack: string | null): readonly FixRecord[] {
  const [, arn] = /::(arn:.+)$/s.exec(urn) ?? [];
  const tail = arn?.split(/[:/]/).at(-1) ?? urn.split("::").at(-1) ?? urn;
  const named = commandOn("pulumi import", stack, type, tail.replaceAll("/", "-"), ...(id === undefined ? [] : [id]));
  const command = named === undefined || id !== undefined ? named : `${named} <id>`;
  const isKnown = type.startsWith("kubernetes:") || /^aws:[^/]+\/[^:]+:/.test(type) || arn === undefined;
  const unnamed = "`pulumi import` with the type and the id that the provider's page of it names";
  const adopt =
    command === undefined
      ? `by \`pulumi import\`; ${noCommand}`
      : isKnown
        ? `\`${command}\`, and add it to the program`
        : unnamed;
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
  const [name, namespace] = (id ?? "").split("/").reverse();
  const kind = type.slice(type.lastIndexOf(":") + 1).toLowerCase();
  const object = name === undefined || name === "" ? undefined : shellCommand("kubectl describe", kind, name);
  const command = object !== undefined && namespace ? shellCommand(`${object} --namespace`, namespace) : object;
  return command === undefined ? "`kubectl describe` of it, and its pods" : `\`${command}\`, and its pods`;
}

function liveFix({ path }: PropertyChange, { type, id }: ResourceDrift): FixRecord {
  const [, member = "", given = ""] = segments(path);
  // A backquote sets a command apart in these sentences, and an alarm's name is none.
  const name = given.replaceAll("`", "'");
  switch (member) {
    case "state": {
      const turnOn = "aws route53-recovery-cluster update-routing-control-state --routing-control-state On";
      const command = id === undefined ? undefined : shellCommand(`${turnOn} --routing-control-arn`, id);
      return {
        action: "putBack",
        text:
          "Turn the switch on, if the drill is over: " +
          `\`${command ?? `${turnOn} --routing-control-arn <arn>`}\`, at an endpoint of its cluster.`,
      };
    }
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
