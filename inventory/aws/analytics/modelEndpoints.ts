/** Endpoints of SageMaker: instances that answer by a model. */
import { known, mapKnown, unknown, type DomainId, type Known } from "../../../model";
import type { Reader, ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { amount, at, field, items, propertyPath } from "../../values";
import { named, namedInside, placeInZones } from "../placing";
import type { Zones } from "../region";

const endpointConfigurationTypes = ["aws:sagemaker/endpointConfiguration:EndpointConfiguration"] as const;
const modelTypes = ["aws:sagemaker/model:Model"] as const;

/** A serverless variant is started wherever there is room: as good as instances in several zones. */
const serverlessUnits = 2;

/** Instances are spread over zones from two on (Developer Guide, "Best practices for deploying models"). */
export const modelEndpoints: Reader = {
  gives: "instances in the zones of its model, or in its region",
  types: ["aws:sagemaker/endpoint:Endpoint"],
  read(resource, into, context) {
    const { aws } = context;
    const configuration = named(resource, "endpointConfigName", endpointConfigurationTypes, context);
    const variants = configuration && field(configuration.properties, "productionVariants");
    const counts = items(variants).map((one) =>
      field(one, "serverlessConfig") === undefined ? amount(field(one, "initialInstanceCount") ?? 1) : serverlessUnits,
    );
    const sure = configuration !== undefined && counts.length > 0 && counts.every((count) => count !== undefined);
    const units: Known<number> = sure
      ? known(counts.reduce<number>((sum, count) => sum + (count ?? 0), 0))
      : unknown(
          propertyPath(
            configuration ?? resource,
            configuration === undefined ? "endpointConfigName" : "productionVariants",
          ),
        );
    const models =
      configuration === undefined
        ? []
        : namedInside(
            configuration,
            "productionVariants",
            modelTypes,
            (list) => items(list).map((one) => field(one, "modelName")),
            context,
          );
    const own = models.flatMap((model) => zonesOfModel(model, context) ?? [])[0];
    // Where AWS picks the zones, two instances are as good as the region; one is in a zone that nobody can name.
    const picked =
      units.known && units.value > 1
        ? aws.regional(resource)
        : unknown<readonly DomainId[]>(propertyPath(configuration ?? resource, "productionVariants"));
    const zones =
      own === undefined
        ? picked
        : mapKnown(own, (list) => (units.known ? list.slice(0, Math.max(1, units.value)) : list));
    placeInZones(resource, { layer: "compute", sharing: "service", zones, units }, into, context);
  },
};

function zonesOfModel(model: Resource, { aws }: ReadContext): Zones | undefined {
  const config = field(model.properties, "vpcConfig");
  return aws.zonesOfSubnets(model, "vpcConfig", at(config, "subnets"));
}
