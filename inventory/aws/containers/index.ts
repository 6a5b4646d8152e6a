/** ECS, EKS, App Runner and registries of images. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as appRunner from "./appRunner";
import * as ecs from "./ecs";
import * as eks from "./eks";
import * as registries from "./registries";

export const containersFamily: ReaderFamily = {
  title: "Containers",
  readers: readersIn(appRunner, ecs, eks, registries),
};
