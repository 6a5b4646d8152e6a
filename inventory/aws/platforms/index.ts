/** Elastic Beanstalk, Lightsail and Batch. */
import type { ReaderFamily } from "../../reader";
import { batchEnvironments } from "./batch";
import { beanstalkEnvironments } from "./beanstalk";
import { lightsail } from "./lightsail";

export const platformsFamily: ReaderFamily = {
  title: "Platforms",
  readers: [batchEnvironments, beanstalkEnvironments, ...lightsail],
};
