/** Queues, topics, buses and senders of mail, which AWS runs in a region as a whole. */
import { regional } from "../regional";
import type { Reader } from "../../reader";

export const queues = regional("aws:sqs/queue:Queue", "queue", "companion");
export const topics = regional("aws:sns/topic:Topic", "queue", "companion");
export const eventBuses = regional("aws:cloudwatch/eventBus:EventBus", "queue", "companion");

export const schedules = regional(
  "aws:scheduler/schedule:Schedule",
  "queue",
  "companion",
  ["name"],
  "what starts work by the clock",
);

const senderTypes = [
  "aws:ses/domainIdentity:DomainIdentity",
  "aws:ses/emailIdentity:EmailIdentity",
  "aws:sesv2/emailIdentity:EmailIdentity",
] as const;

/** Mail is sent, and a domain is verified, by region: without it the other regions have to be verified too. */
export const mailSenders: readonly Reader[] = senderTypes.map((type) =>
  regional(type, "queue", "companion", ["domain", "email", "emailIdentity"], "a sender of mail"),
);
