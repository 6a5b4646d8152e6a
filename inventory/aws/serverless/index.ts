/** Lambda, Step Functions, API Gateway and AppSync. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as apiGateway from "./apiGateway";
import * as functions from "./functions";
import * as graphApis from "./graphApis";

export const serverlessFamily: ReaderFamily = {
  title: "Functions and APIs",
  readers: readersIn(apiGateway, functions, graphApis),
};
