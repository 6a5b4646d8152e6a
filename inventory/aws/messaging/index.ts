/** SQS, SNS, EventBridge, Amazon MQ and mail. */
import type { ReaderFamily } from "../../reader";
import { messageBrokers } from "./brokers";
import { eventEndpoints } from "./eventEndpoints";
import { pipes } from "./pipes";
import { eventBuses, mailSenders, queues, schedules, topics } from "./regional";

export const messagingFamily: ReaderFamily = {
  title: "Queues, topics and events",
  readers: [messageBrokers, eventEndpoints, pipes, eventBuses, ...mailSenders, queues, schedules, topics],
};
