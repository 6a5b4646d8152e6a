/** APIs of AppSync: regional, and what they answer from. */
import type { Reader } from "../../reader";
import { field } from "../../values";
import { functionTypes } from "../entrances";
import { named, namedInside } from "../placing";
import { placeInRegion } from "../regional";

const graphApiTypes = ["aws:appsync/graphQLApi:GraphQLApi"] as const;

export const graphApis: Reader = {
  gives: "a unit in its region",
  types: graphApiTypes,
  read: (resource, into, context) => placeInRegion(resource, "compute", "service", into, context),
};

/** What an API answers from: without it the API answers nothing. */
export const graphSources: Reader = {
  gives: "an API's need of a function or a table",
  types: ["aws:appsync/dataSource:DataSource"],
  read(resource, into, context) {
    const api = named(resource, "apiId", graphApiTypes, context);
    if (api === undefined) return;
    const sources = [
      ["lambdaConfig", functionTypes, "functionArn"],
      ["dynamodbConfig", ["aws:dynamodb/table:Table"], "tableName"],
    ] as const;
    for (const [property, types, key] of sources) {
      if (field(resource.properties, property) === undefined) continue;
      for (const source of namedInside(resource, property, types, (value) => field(value, key), context)) {
        into.depend(api.urn, source.urn, "hard", property);
      }
    }
  },
};
