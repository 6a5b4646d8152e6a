import * as pulumi from "@pulumi/pulumi";
import { Estate } from "./components/estate/estate";
import { parseEstate, sourceOfStack } from "./estate";
import { UserError } from "./model";

/** config → estate → components → outputs */
function program() {
  const config = new pulumi.Config("duplex").getObject<unknown>("estate");
  const spec = parseEstate(config, () => sourceOfStack(__dirname, pulumi.getStack(), config));
  const { services, nameServers } = new Estate("estate", spec);
  return { services, nameServers };
}

/** A user's mistake is shown as text; anything else is a bug of ours and keeps its stack trace. */
function runSafely() {
  try {
    return program();
  } catch (error) {
    throw error instanceof UserError ? new pulumi.RunError(`\n${error.message}`) : error;
  }
}

export const { services, nameServers } = runSafely();
