/**
 * A Pulumi program in plain JavaScript that registers the resources of resources.json, each by its SDK class: what the
 * engine and the SDKs take for as many resources. run.js copies it beside its list.
 */
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const pulumi = require("@pulumi/pulumi");
const sdk = {
  aws: require("@pulumi/aws"),
  kubernetes: require("@pulumi/kubernetes"),
  random: require("@pulumi/random"),
};
const providers = {
  aws: new sdk.aws.Provider("aws", { region: "ap-northeast-2" }),
  kubernetes: new sdk.kubernetes.Provider("kubernetes", { context: "bare" }),
  random: new sdk.random.Provider("random"),
};

/** `aws:ec2/vpc:Vpc` is sdk.aws.ec2.Vpc, `kubernetes:apps/v1:Deployment` is sdk.kubernetes.apps.v1.Deployment. */
function classOf(type) {
  const [provider, module, name] = type.split(":");
  const [first, second] = module.split("/");
  const group = first.split(".")[0];
  const folder = first === "index" ? sdk[provider] : sdk[provider][group];
  return (provider === "kubernetes" ? folder[second] : folder)[name];
}

const resources = JSON.parse(fs.readFileSync(path.join(__dirname, "resources.json"), "utf8"));
for (const [type, name, inputs] of resources) {
  const [provider] = type.split(":");
  if (provider in providers) new (classOf(type))(name, inputs, { provider: providers[provider] });
  else new pulumi.ComponentResource(type, name);
}
