/** CloudFront, Global Accelerator, and what filters requests there. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as cloudFront from "./cloudFront";
import * as globalAccelerator from "./globalAccelerator";
import * as webAcls from "./webAcls";

export const edgeFamily: ReaderFamily = {
  title: "Edge",
  readers: readersIn(cloudFront, globalAccelerator, webAcls),
};
