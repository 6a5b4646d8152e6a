import { concentration, proof } from "./concentration";
import type { ExamplesByPolicy } from "./example";
import { backup, data, intake, startup } from "./keeping";
import { kubernetes, operations } from "./running";
import { reserve, routing } from "./serving";

/** Examples of every policy, by its name. */
export const examples: ExamplesByPolicy = {
  ...concentration,
  ...reserve,
  ...routing,
  ...data,
  ...backup,
  ...startup,
  ...kubernetes,
  ...intake,
  ...operations,
  ...proof,
};
