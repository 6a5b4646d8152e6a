/** Registries of images: regional, and copied to others. */
import { known } from "../../../model";
import type { Reader } from "../../reader";
import type { Value } from "../../resource";
import { replicasOf } from "../../spread";
import { field, items, text, textAt } from "../../values";
import { regional, withoutRegion } from "../regional";

export const repositories = regional("aws:ecr/repository:Repository", "registry", "companion");

/** Copies every image of the registry's account to other regions. */
export const registryReplications: Reader = {
  gives: "copies of images in other regions",
  types: ["aws:ecr/replicationConfiguration:ReplicationConfiguration"],
  read(resource, into, context) {
    const { aws, stack } = context;
    const home = aws.regionOf(resource);
    const rules = items(field(field(resource.properties, "replicationConfiguration"), "rules"));
    if (!home.known) return;
    for (const repository of stack.ofType("aws:ecr/repository:Repository")) {
      const own = aws.regionOf(repository);
      if (!own.known || own.value !== home.value || repository.provider !== resource.provider) continue;
      const name = textAt(repository, "name") ?? repository.name;
      const others = [...new Set(regionsFor(name, rules))].filter((region) => region !== own.value);
      if (others.length === 0) continue;
      const places = known(others.map((region) => [aws.region(region)]));
      const copies = replicasOf(repository, { units: known(others.length), places }, context);
      into.place({
        resource: repository,
        layer: "registry",
        sharing: "companion",
        scope: `${own.value} replicated`,
        workload: withoutRegion(name, own, aws),
        replicas: copies.map((copy, index) => ({ ...copy, id: `${repository.urn}#copy-${others[index] ?? index}` })),
      });
    }
  },
};

/** Regions into which a repository is copied: by the rules without a filter, and those with a prefix of its name. */
function regionsFor(name: string, rules: readonly Value[]): readonly string[] {
  const own = rules.filter((rule) => {
    const filters = items(field(rule, "repositoryFilters"));
    return filters.length === 0 || filters.some((one) => name.startsWith(text(field(one, "filter")) ?? "\u0000"));
  });
  return own
    .flatMap((rule) => items(field(rule, "destinations")))
    .flatMap((destination) => text(field(destination, "region")) ?? []);
}
