/** SQS, SNS, EventBridge, Amazon MQ and mail. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as brokers from "./brokers";
import * as eventEndpoints from "./eventEndpoints";
import * as pipes from "./pipes";
import * as regional from "./regional";

export const messagingFamily: ReaderFamily = {
  title: "Queues, topics and events",
  readers: readersIn(brokers, eventEndpoints, pipes, regional),
};
