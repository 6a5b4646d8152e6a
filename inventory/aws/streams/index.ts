/** Kinesis and MSK. */
import type { ReaderFamily } from "../../reader";
import { brokerReplicators, brokers, deliveryStreams, kinesisStreams, serverlessBrokers } from "./brokers";

export const streamsFamily: ReaderFamily = {
  title: "Streams",
  readers: [brokerReplicators, brokers, deliveryStreams, kinesisStreams, serverlessBrokers],
};
