/** Who may log in, and by whose word. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as cognito from "./cognito";
import * as trust from "./trust";

export const identityFamily: ReaderFamily = {
  title: "Identity and login",
  readers: readersIn(cognito, trust),
};
