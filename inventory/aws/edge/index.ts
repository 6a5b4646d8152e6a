/** CloudFront, Global Accelerator, and what filters requests there. */
import type { ReaderFamily } from "../../reader";
import { distributions } from "./cloudFront";
import { acceleratorParts, accelerators } from "./globalAccelerator";

export const edgeFamily: ReaderFamily = {
  title: "Edge",
  readers: [distributions, acceleratorParts, accelerators],
};
