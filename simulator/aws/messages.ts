/** Topics and queues. */
import { Refusal } from "../errors";
import type { Making, ResourceType } from "../engine/resourceType";
import { text } from "../engine/values";
import { arn, awsType, given, oneOf, regionalName, within } from "./awsType";
import { anyKey, serviceKeys, uuid } from "./keys";
import { account, dnsSuffix } from "./regions";
import { topicType } from "./types";

/** Names of first-in-first-out topics and queues end in `.fifo`, and only theirs. */
function fifoName(flag: string, longest: number): ReturnType<typeof regionalName> {
  return regionalName("name", longest, {
    pattern: /^[\w-]+(\.fifo)?$/,
    patternText: "letters, digits, hyphens and underscores, with .fifo at the end where it is first-in-first-out",
    ending: (inputs) => (inputs[flag] === true ? ".fifo" : ""),
  });
}

function refuseWrongEnding(flag: string, making: Making): void {
  if (given(making, "name").endsWith(".fifo") === (making.inputs[flag] === true)) return;
  throw new Refusal("invalid", `${making.urn}: the name must end in ".fifo" if and only if ${flag} is true.`);
}

const topic = awsType({
  token: topicType,
  id: (making) => arn(making, "sns", given(making, "name")),
  naming: fifoName("fifoTopic", 256),
  replaceOn: ["name", "namePrefix", "fifoTopic"],
  defaults: { fifoTopic: false, contentBasedDeduplication: false },
  references: [{ path: "kmsMasterKeyId", to: anyKey, bond: "needs", except: serviceKeys }],
  admit: (making) => refuseWrongEnding("fifoTopic", making),
  outputs: {
    arn: (making) => making.id,
    owner: () => account,
    policy: () => JSON.stringify({ Version: "2012-10-17", Statement: [] }),
  },
});

const protocols = ["application", "email", "email-json", "firehose", "http", "https", "lambda", "sms", "sqs"];

const subscription = awsType({
  token: "aws:sns/topicSubscription:TopicSubscription",
  tagged: false,
  id: (making) => `${given(making, "topic")}:${uuid(making)}`,
  replaceOn: ["topic", "protocol", "endpoint"],
  references: [{ path: "topic", to: [topicType], bond: "dies" }],
  check: (inputs, refuse) => {
    oneOf(inputs, refuse, "protocol", protocols);
    const endpoint = text(inputs["endpoint"]);
    if (inputs["protocol"] === "email" && endpoint !== undefined && !/^[^@\s]+@[^@\s]+$/.test(endpoint)) {
      refuse("endpoint", `endpoint must be an address of mail, and is "${endpoint}".`);
    }
  },
  outputs: {
    arn: (making) => making.id,
    ownerId: () => account,
    // Somebody has to follow the link in the mail.
    pendingConfirmation: ({ inputs }) => text(inputs["protocol"])?.startsWith("email") ?? false,
    confirmationWasAuthenticated: ({ inputs }) => !(text(inputs["protocol"])?.startsWith("email") ?? false),
    filterPolicyScope: () => "",
  },
});

const queue = awsType({
  token: "aws:sqs/queue:Queue",
  id: (making) => `https://sqs.${making.place}.${dnsSuffix}/${account}/${given(making, "name")}`,
  naming: fifoName("fifoQueue", 80),
  replaceOn: ["name", "namePrefix", "fifoQueue"],
  defaults: {
    fifoQueue: false,
    delaySeconds: 0,
    maxMessageSize: 262_144,
    messageRetentionSeconds: 345_600,
    receiveWaitTimeSeconds: 0,
    visibilityTimeoutSeconds: 30,
  },
  references: [{ path: "kmsMasterKeyId", to: anyKey, bond: "needs", except: serviceKeys }],
  check: (inputs, refuse) => {
    within(inputs, refuse, "delaySeconds", 0, 900);
    within(inputs, refuse, "messageRetentionSeconds", 60, 1_209_600);
    within(inputs, refuse, "visibilityTimeoutSeconds", 0, 43_200);
    within(inputs, refuse, "receiveWaitTimeSeconds", 0, 20);
  },
  admit: (making) => refuseWrongEnding("fifoQueue", making),
  outputs: {
    arn: (making) => arn(making, "sqs", given(making, "name")),
    url: (making) => making.id,
    sqsManagedSseEnabled: ({ inputs }) => inputs["kmsMasterKeyId"] === undefined,
  },
});

export const messageTypes: readonly ResourceType[] = [topic, subscription, queue];
