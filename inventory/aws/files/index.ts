/** EFS, FSx and Transfer Family. */
import type { ReaderFamily } from "../../reader";
import { elasticFileSystems, fileBackups, fileReplications, fsxFileSystems, mountTargets } from "./fileSystems";
import { transferServers } from "./transfer";

export const filesFamily: ReaderFamily = {
  title: "File systems",
  readers: [elasticFileSystems, fileBackups, fileReplications, fsxFileSystems, mountTargets, transferServers],
};
