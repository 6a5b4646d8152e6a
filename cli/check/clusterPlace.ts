import { InvalidArgumentError } from "commander";
import { clusterOfFile } from "../input/clusterOfFile";

/** Sites, parted by commas, by cluster: as `clusters` of the policies' configuration. */
export type ClusterPlaces = Readonly<Record<string, string>>;

/** One `--cluster NAME=SITE`; the name may be that of a file or a folder of manifests. */
export function clusterPlace(text: string, earlier: ClusterPlaces): ClusterPlaces {
  // A cluster's name may hold `=`; a site's may not.
  const [, name, sites] = /^(.+)=([^=]+)$/s.exec(text) ?? [];
  if (name === undefined || sites === undefined) {
    throw new InvalidArgumentError("It must be CLUSTER=SITE, or CLUSTER=SITE,SITE for one stretched over several.");
  }
  return { ...earlier, [clusterOfFile(name)]: sites };
}
