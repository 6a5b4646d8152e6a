/** State exports for tests of drift: a critical table with copies in three regions, and a queue that nothing hangs on. */

type Values = Readonly<Record<string, unknown>>;

export interface EntryChange {
  readonly inputs?: Values;
  readonly outputs?: Values;
  readonly ignoreChanges?: readonly string[];
}

const prefix = "urn:pulumi:prod::shop";
export const tableUrn = `${prefix}::aws:dynamodb/table:Table::ledger`;
export const queueUrn = `${prefix}::aws:sqs/queue:Queue::mail`;

/** One custom resource; outputs are the inputs and what is given on top. */
export function entry(type: string, name: string, inputs: Values, more: EntryChange = {}) {
  const asked = { ...inputs, ...more.inputs };
  return {
    urn: `${prefix}::${type}::${name}`,
    custom: true,
    id: `${name}-id`,
    type,
    inputs: asked,
    outputs: { ...asked, arn: `arn:aws:x:::${name}`, ...more.outputs },
    ...(more.ignoreChanges === undefined ? {} : { ignoreChanges: more.ignoreChanges }),
  };
}

export function table(more: EntryChange = {}) {
  const tags = { "duplex:service": "ledger", "duplex:tier": "critical", "duplex:layer": "store" };
  return entry(
    "aws:dynamodb/table:Table",
    "ledger",
    {
      region: "ap-northeast-2",
      hashKey: "id",
      attributes: [{ name: "id", type: "S" }],
      streamEnabled: true,
      replicas: [{ regionName: "ap-northeast-1" }, { regionName: "ap-northeast-3" }],
      tags,
    },
    more,
  );
}

export function queue(more: EntryChange = {}) {
  return entry("aws:sqs/queue:Queue", "mail", { region: "ap-northeast-2", delaySeconds: 0, tags: { team: "x" } }, more);
}

/** The export of a stack that holds these. */
export function exportOf(...resources: readonly unknown[]) {
  const stack = { urn: `${prefix}::pulumi:pulumi:Stack::shop-prod`, custom: false, type: "pulumi:pulumi:Stack" };
  return { version: 3, deployment: { manifest: { time: "2022-10-15T15:19:00Z" }, resources: [stack, ...resources] } };
}

/** One copy of the table is left: the drift that takes survival away. */
export const oneCopy: EntryChange = { inputs: { replicas: [] } };
