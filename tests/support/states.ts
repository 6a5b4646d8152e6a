/** A state export of one critical service that stands in one building. */
const prefix = "urn:pulumi:prod::shop";

export const deploymentUrn = `${prefix}::kubernetes:apps/v1:Deployment::messenger`;

/** What `pulumi stack export` writes for a Deployment on the cluster of one site. */
export function oneBuildingState(changes: { readonly annotations?: Readonly<Record<string, unknown>> } = {}) {
  const provider = `${prefix}::pulumi:providers:kubernetes::pangyo`;
  const labels = { "duplex.dev/service": "messenger", "duplex.dev/tier": "critical" };
  const metadata = { name: "messenger", namespace: "default", labels, annotations: changes.annotations ?? {} };
  const deployment = {
    ...{ apiVersion: "apps/v1", kind: "Deployment", metadata },
    spec: { replicas: 2, template: { metadata: { labels }, spec: { containers: [{ name: "m", image: "m" }] } } },
  };
  const context = { context: "pangyo" };
  return {
    version: 3,
    deployment: {
      manifest: { time: "2022-10-15T15:19:00Z", magic: "", version: "v3.259.0" },
      resources: [
        { urn: `${prefix}::pulumi:pulumi:Stack::shop-prod`, custom: false, type: "pulumi:pulumi:Stack" },
        {
          urn: provider,
          custom: true,
          id: "p",
          type: "pulumi:providers:kubernetes",
          inputs: context,
          outputs: context,
        },
        {
          ...{ urn: deploymentUrn, custom: true, id: "default/messenger", type: "kubernetes:apps/v1:Deployment" },
          ...{ inputs: deployment, outputs: deployment, provider: `${provider}::p` },
        },
      ],
    },
  };
}

/** The building of that state, as a user's catalogue of sites has it. */
export const pangyoSite = {
  ...{
    kind: "facility",
    name: "pangyo",
    region: "capital-area",
    operator: "sk-cnc",
    powerFeeds: ["s1"],
    carriers: ["kt"],
  },
  ...{ batteryRoomsSeparated: false, batteryChemistry: "lithium-ion", firePlanKeepsPower: false },
};
