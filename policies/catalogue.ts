/** The catalogue: every policy, by code. Families are composed here and nowhere else; importing it runs nothing. */
import { by } from "../lib/order";
import * as backup from "./backup";
import * as concentration from "./concentration";
import * as data from "./data";
import * as intake from "./intake";
import * as kubernetes from "./kubernetes";
import * as operations from "./operations";
import * as proof from "./proof";
import * as reserve from "./reserve";
import * as routing from "./routing";
import * as startup from "./startup";
import type { Policy } from "./policy";

const families = [concentration, reserve, routing, data, backup, startup, kubernetes, intake, operations, proof];

/** Every policy, sorted by code. */
export const catalogue: readonly Policy[] = families
  .flatMap((family) => Object.values<Policy>(family))
  .sort(by(({ code }) => code));
