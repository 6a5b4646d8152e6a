import * as ecr from "@pulumi/aws/ecr";
import * as pulumi from "@pulumi/pulumi";
import type { CloudSite, Mistake } from "../../model";
import { helperTags } from "../common/identity";
import { argumentMistake, refuseIfAny } from "../common/refuse";

export interface ImageRegistryArgs {
  /** Account of the registries, which is the one that deploys. */
  readonly account: string;
  /** Region to which images are pushed. A change makes new repositories there. */
  readonly home: CloudSite;
  /** Regions that hold copies. In place. */
  readonly copies: readonly CloudSite[];
  /** Names of the repositories. One taken away is deleted only when it is empty. */
  readonly repositories: readonly string[];
}

/**
 * Repositories for images in one region, and copies of what is pushed there in the others, so that a start in a region
 * asks no other one. A tag, once pushed, never means another image. A registry has one set of rules for copies: no
 * other stack of the account may set them in this region.
 *
 * Cost: storage of each image once per region, and one copy between regions for each push.
 */
export class ImageRegistry extends pulumi.ComponentResource {
  constructor(name: string, args: ImageRegistryArgs, options?: pulumi.ComponentResourceOptions) {
    refuseIfAny(registryMistakes(name, args));
    const { account, home, copies, repositories } = args;
    const stated = { sites: [home, ...copies].map((site) => site.name) };
    super("duplex:service:ImageRegistry", name, stated, options);
    const { region } = home;
    for (const repository of repositories) {
      new ecr.Repository(
        `${name}-${repository.replaceAll("/", "-")}`,
        {
          region,
          name: repository,
          imageTagMutability: "IMMUTABLE",
          imageScanningConfiguration: { scanOnPush: true },
          tags: helperTags(name, "registry", home.name),
        },
        { parent: this },
      );
    }
    if (copies.length > 0) {
      const destinations = copies.map((copy) => ({ region: copy.region, registryId: account }));
      const filters = repositories.map((filter) => ({ filter, filterType: "PREFIX_MATCH" }));
      new ecr.ReplicationConfiguration(
        name,
        { region, replicationConfiguration: { rules: [{ destinations, repositoryFilters: filters }] } },
        { parent: this },
      );
    }
    this.registerOutputs(stated);
  }
}

function registryMistakes(name: string, { home, copies, repositories }: ImageRegistryArgs): readonly Mistake[] {
  const own = copies.filter((copy) => copy.region === home.region);
  return [
    ...(repositories.length > 0
      ? []
      : [argumentMistake("DPX237", name, "repositories must name one, but is empty.", "Name one.")]),
    ...own.map((copy) =>
      argumentMistake(
        "DPX237",
        name,
        `copies names "${copy.name}", which is in the region of the originals, ${home.region}.`,
        "Name other regions.",
      ),
    ),
  ];
}
