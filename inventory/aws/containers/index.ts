/** ECS, EKS, App Runner and registries of images. */
import type { ReaderFamily } from "../../reader";
import { appRunnerServices } from "./appRunner";
import { ecsServices } from "./ecs";
import { managedClusters, nodeGroups } from "./eks";
import { registryReplications, repositories } from "./registries";

export const containersFamily: ReaderFamily = {
  title: "Containers",
  readers: [appRunnerServices, ecsServices, managedClusters, nodeGroups, registryReplications, repositories],
};
