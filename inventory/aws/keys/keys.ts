/** What a start needs: keys, secrets and parameters, each in its region or copied to others. */
import { known } from "../../../model";
import type { Reader } from "../../reader";
import { replicasOf } from "../../spread";
import { field, items, text, textAt } from "../../values";
import { placeInRegion, regional, withoutRegion } from "../regional";

export const keyTypes = ["aws:kms/key:Key", "aws:kms/externalKey:ExternalKey"] as const;

export const keys: Reader = {
  gives: "a key in its region",
  types: keyTypes,
  read: (resource, into, context) => placeInRegion(resource, "keys", "companion", into, context, []),
};

/** The same key in another region: what one has encrypted the other opens. */
export const replicaKeys: Reader = {
  gives: "the same key in another region",
  types: ["aws:kms/replicaKey:ReplicaKey"],
  read(resource, into, context) {
    const value = field(resource.properties, "primaryKeyArn");
    const [primary] = context.stack.references(resource, "primaryKeyArn", keyTypes, value).resources;
    placeInRegion(resource, "keys", "companion", into, context, []);
    if (primary !== undefined) into.copy(primary.urn, resource.urn);
  },
};

export const secrets: Reader = {
  gives: "a secret and its copies in other regions",
  types: ["aws:secretsmanager/secret:Secret"],
  read(resource, into, context) {
    const { aws } = context;
    const home = aws.regionOf(resource);
    const regions = [
      ...(home.known ? [home.value] : []),
      ...items(field(resource.properties, "replicas")).flatMap((replica) => text(field(replica, "region")) ?? []),
    ];
    const places = home.known ? known([...new Set(regions)].map((region) => [aws.region(region)])) : home;
    into.place({
      resource,
      layer: "secrets",
      sharing: "companion",
      scope: home.known ? home.value : "",
      workload: withoutRegion(textAt(resource, "name") ?? resource.name, home, aws),
      replicas: replicasOf(resource, { units: known(places.known ? places.value.length : 1), places }, context),
    });
  },
};

export const parameters = regional("aws:ssm/parameter:Parameter", "secrets", "companion");
