/** API Gateway: regional, and only a way to functions and load balancers. */
import type { Reader } from "../../reader";
import { field } from "../../values";
import { apiNameTypes, apiStageTypes, apiTypes, balancerTypes, functionTypes } from "../entrances";

const linkTypes = ["aws:apigateway/vpcLink:VpcLink", "aws:apigatewayv2/vpcLink:VpcLink"] as const;
const listenerTypes = ["aws:lb/listener:Listener", "aws:alb/listener:Listener"] as const;
const behind = [...functionTypes, ...balancerTypes, ...listenerTypes] as const;

/** An API stands in its region as a whole; a custom name of it and a stage lead to it. */
export const apis: Reader = {
  gives: "a front that stands in its region",
  types: apiTypes,
  read(resource, into, { aws }) {
    into.fronts.push({ resource, zones: aws.regional(resource) });
    into.attach(resource);
  },
};

/** From what names an API to the API. */
export const apiEntrances: Reader = {
  gives: "the way from a name or a stage to its API",
  types: [
    ...apiNameTypes,
    ...apiStageTypes,
    "aws:apigateway/basePathMapping:BasePathMapping",
    "aws:apigatewayv2/apiMapping:ApiMapping",
  ],
  read(resource, into, { stack }) {
    const { properties } = resource;
    for (const property of ["restApi", "apiId"]) {
      const found = stack.references(resource, property, apiTypes, field(properties, property)).resources;
      for (const api of found) into.forward(resource.urn, api.urn);
    }
    const names = stack.references(resource, "domainName", apiNameTypes, field(properties, "domainName")).resources;
    for (const name of names) if (name !== resource) into.forward(name.urn, resource.urn);
  },
};

/** From an API to what answers: a function, or a load balancer behind a private link. */
export const apiIntegrations: Reader = {
  gives: "the way from an API to a function or a load balancer",
  types: ["aws:apigateway/integration:Integration", "aws:apigatewayv2/integration:Integration"],
  read(resource, into, { stack }) {
    const { properties } = resource;
    const apis = ["restApi", "apiId"].flatMap(
      (property) => stack.references(resource, property, apiTypes, field(properties, property)).resources,
    );
    const targets = ["uri", "integrationUri", "integrationTarget", "connectionId"].flatMap(
      (property) =>
        stack.references(resource, property, [...behind, ...linkTypes], field(properties, property)).resources,
    );
    for (const api of apis) into.forward(api.urn, resource.urn);
    for (const target of targets) into.forward(resource.urn, target.urn);
  },
};

export const apiLinks: Reader = {
  gives: "the way from a private link to its load balancer",
  types: linkTypes,
  read(resource, into, { stack }) {
    const value = field(resource.properties, "targetArn");
    for (const target of stack.references(resource, "targetArn", balancerTypes, value).resources) {
      into.forward(resource.urn, target.urn);
    }
  },
};
