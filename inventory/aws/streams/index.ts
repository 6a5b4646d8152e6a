/** Kinesis and MSK. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as brokers from "./brokers";

export const streamsFamily: ReaderFamily = {
  title: "Streams",
  readers: readersIn(brokers),
};
