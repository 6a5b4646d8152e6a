/** EFS, FSx and Transfer Family. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as fileSystems from "./fileSystems";
import * as transfer from "./transfer";

export const filesFamily: ReaderFamily = {
  title: "File systems",
  readers: readersIn(fileSystems, transfer),
};
