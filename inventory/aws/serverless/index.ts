/** Lambda, Step Functions, API Gateway and AppSync. */
import type { ReaderFamily } from "../../reader";
import { apiEntrances, apiIntegrations, apiLinks, apis } from "./apiGateway";
import { functionEntrances, functions, stateMachines } from "./functions";
import { graphApis, graphSources } from "./graphApis";

export const serverlessFamily: ReaderFamily = {
  title: "Functions and APIs",
  readers: [
    apiEntrances,
    apiIntegrations,
    apiLinks,
    apis,
    functionEntrances,
    functions,
    stateMachines,
    graphApis,
    graphSources,
  ],
};
