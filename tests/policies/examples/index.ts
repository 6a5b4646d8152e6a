import { backup } from "./backup";
import { concentration } from "./concentration";
import { data } from "./data";
import { intake } from "./intake";
import { kubernetes } from "./kubernetes";
import { operations } from "./operations";
import { proof } from "./proof";
import { reserve } from "./reserve";
import { routing } from "./routing";
import { startup } from "./startup";
import type { ExamplesByPolicy } from "./example";

/** Examples of every policy, by its name: one file for each family. */
export const examples: ExamplesByPolicy = {
  ...backup,
  ...concentration,
  ...data,
  ...intake,
  ...kubernetes,
  ...operations,
  ...proof,
  ...reserve,
  ...routing,
  ...startup,
};
