/** Claims and the classes of their volumes. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as storage from "./storage";

export const storageFamily: ReaderFamily = {
  title: "Kubernetes: volumes",
  readers: readersIn(storage),
};
