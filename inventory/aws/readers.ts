/** The readers of AWS, by family. What is known of each type beside its reader: `registry.ts`. */
import type { ReaderFamily } from "../reader";
import { analyticsFamily } from "./analytics";
import { backupFamily } from "./backup";
import { balancingFamily } from "./balancing";
import { cacheFamily } from "./cache";
import { computeFamily } from "./compute";
import { containersFamily } from "./containers";
import { databasesFamily } from "./databases";
import { dnsFamily } from "./dns";
import { edgeFamily } from "./edge";
import { filesFamily } from "./files";
import { hybridFamily } from "./hybrid";
import { identityFamily } from "./identity";
import { keysFamily } from "./keys";
import { keyValueFamily } from "./keyvalue";
import { messagingFamily } from "./messaging";
import { networkFamily } from "./network";
import { objectsFamily } from "./objects";
import { platformsFamily } from "./platforms";
import { quotaFamily } from "./quotas";
import { recoveryControlFamily } from "./recoverycontrol";
import { serverlessFamily } from "./serverless";
import { streamsFamily } from "./streams";
import { watchingFamily } from "./watching";

export const awsFamilies: readonly ReaderFamily[] = [
  analyticsFamily,
  backupFamily,
  balancingFamily,
  cacheFamily,
  computeFamily,
  containersFamily,
  databasesFamily,
  dnsFamily,
  edgeFamily,
  filesFamily,
  hybridFamily,
  identityFamily,
  keysFamily,
  keyValueFamily,
  messagingFamily,
  networkFamily,
  objectsFamily,
  platformsFamily,
  quotaFamily,
  recoveryControlFamily,
  serverlessFamily,
  streamsFamily,
  watchingFamily,
];
