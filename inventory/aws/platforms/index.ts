/** Elastic Beanstalk, Lightsail and Batch. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as batch from "./batch";
import * as beanstalk from "./beanstalk";
import * as lightsail from "./lightsail";

export const platformsFamily: ReaderFamily = {
  title: "Platforms",
  readers: readersIn(batch, beanstalk, lightsail),
};
