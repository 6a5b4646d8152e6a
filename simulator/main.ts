/**
 * One provider process of the simulated cloud: `simulator.js <aws|kubernetes|random> [address of the engine]`. Prints
 * its port on the first line, as the engine expects of a plugin. `simulator.js hand` answers one request and ends.
 */
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { familyOf, providerNames, type ProviderName } from "./catalogue";
import { SimulatedProvider } from "./engine/provider";
import { Refusal } from "./errors";
import { answerHand, type HandRequest } from "./handRequest";
import { serve } from "./server";
import { Store } from "./store/store";

/** How often the parent is looked after: an engine that was killed must not leave its plugins behind. */
const parentCheckMs = 500;

async function main(): Promise<void> {
  if (process.argv[2] === "hand") return hand();
  const name = providerName(process.argv[2]);
  const store = new Store(folderOf(process.env["DUPLEX_SIMULATED_CLOUD"]));
  const family = familyOf(name);
  const provider = new SimulatedProvider(family, store, { now: () => new Date(), sleep: (ms) => sleep(ms) });
  let leaving = false;
  const leave = (): void => {
    if (leaving) return;
    leaving = true;
    void server.stop().then(async () => {
      await store.close();
      process.exit(0);
    });
  };
  const server = await serve(provider, family, leave);
  process.on("SIGTERM", leave);
  process.on("SIGINT", leave);
  const parent = process.ppid;
  setInterval(() => {
    // At once: calls still under way have nobody left to answer to, and every write so far is on disk.
    if (process.ppid !== parent) process.exit(0);
  }, parentCheckMs).unref();
  process.stdout.write(`${server.port}\n`);
}

async function hand(): Promise<void> {
  const request = JSON.parse(await text(process.stdin)) as HandRequest;
  const answer = await answerHand(request, folderOf(process.env["DUPLEX_SIMULATED_CLOUD"]));
  process.stdout.write(JSON.stringify(answer));
}

function providerName(given: string | undefined): ProviderName {
  const name = providerNames.find((each) => each === given);
  if (name) return name;
  throw new Refusal(
    "configuration",
    `The provider must be one of ${providerNames.join(", ")}, and is ${JSON.stringify(given ?? null)}.`,
  );
}

function folderOf(given: string | undefined): string {
  if (given) return given;
  throw new Refusal(
    "noStore",
    "DUPLEX_SIMULATED_CLOUD is not set: the simulated cloud has no folder for its store. " +
      "Run through `duplex sim up`, or in a checkout `npm run -s pulumi --`, which set it.",
  );
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof Refusal ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});
