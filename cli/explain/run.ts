/** `duplex explain`: what a policy is for, and the proof of what it finds in a stack. */
import { version } from "../../package.json";
import { closest } from "../../estate/suggest";
import type { Estate } from "../../model";
import { UserError } from "../../model/errors";
import { findPolicy } from "../../policies/findPolicy";
import { explainDocument } from "../../report/explain/document";
import { named } from "../../report/figures";
import { judgeInput } from "../check/judgeInput";
import type { Io } from "../io";
import { writeDocument } from "../output/writeDocument";
import { policiesOf } from "../rules/policiesOf";
import type { ExplainOptions } from "./options";

/** At most so many services are named; the number of the rest is said. */
const mostNamed = 10;

/** @param path what is judged. @default the policy alone is explained */
export async function explain(word: string, path: string | undefined, options: ExplainOptions, io: Io): Promise<void> {
  const policies = await policiesOf(options.rules, io);
  const policy = findPolicy(word, policies);
  const { service, format } = options;
  const isOfStack = path !== undefined || options.kubeconfig !== undefined;
  if (service !== undefined && !isOfStack) throw withoutStack(service);
  if (!isOfStack) return writeDocument(explainDocument(policy, version), { format, report: [] }, io);
  const { report, estate, positions } = await judgeInput(path, options, policies, io);
  if (service !== undefined) refuseUnknown(service, estate);
  const document = explainDocument(policy, version, {
    ...{ report, estate, positions },
    ...(service === undefined ? {} : { service }),
  });
  await writeDocument(document, { format, report: [] }, io);
}

function withoutStack(service: string): UserError {
  return new UserError([
    {
      code: "DPX001",
      message: `The option --service ${service} asks about a service, and no stack is given.`,
      fix: "Give what is judged too, as in `duplex explain DPX301 state.json --service pay`.",
    },
  ]);
}

/** By the name that a report prints, or by the tag of which it is a part. */
function refuseUnknown(service: string, { services }: Estate): void {
  const ids = services.map(({ id }) => id);
  if (ids.some((id) => id === service || id.startsWith(`${service}/`))) return;
  const near = closest(service, ids);
  const known = ids.length === 0 ? "No service was found." : `Services here: ${named(ids, mostNamed)}.`;
  throw new UserError([
    {
      code: "DPX001",
      message: `There is no service "${service}" in this stack.`,
      fix: `${near === undefined ? "" : `Did you mean "${near}"? `}${known}`,
    },
  ]);
}
