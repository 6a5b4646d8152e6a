/** Claims and the classes of their volumes. */
import type { ReaderFamily } from "../../reader";
import { storageClasses, volumeClaims } from "./storage";

export const storageFamily: ReaderFamily = {
  title: "Kubernetes: volumes",
  readers: [storageClasses, volumeClaims],
};
