/** Where replicas can stand: facilities and regions of a cloud. */
import { z } from "zod";
import { arn, name, range, text, words } from "./fields";

const drained = z
  .boolean()
  .default(false)
  .meta({
    description:
      "True sends no client here any more: its answers get weight 0, its units go on running. Refused where the " +
      "rest cannot carry the peak. Default: false.",
  });

const entranceSchema = z
  .strictObject({
    gatewayClass: text(
      "GatewayClass of the cluster's entrance (Gateway API); it must give each Gateway an address.",
    ).default("duplex"),
    namespace: text(
      "Namespace in which the entrance's own pods run, from where traffic comes to a service's pods.",
    ).default("gateway-system"),
    issuer: text("ClusterIssuer of cert-manager that writes the certificate of each name.").default("letsencrypt"),
  })
  .meta({ description: "What stands at the cluster's entrance." });

export const facilitySchema = z
  .strictObject({
    kind: z.literal("facility").meta({ description: "A building with a Kubernetes cluster of one's own." }),
    name: name("Stable key of the site."),
    region: text("Geographic region, such as capital-area: what one earthquake or one flood takes together."),
    facility: text("Building; two sites in one building are one failure domain. Default: the site's name.").optional(),
    operator: text("Who runs the building and can cut its power."),
    powerFeeds: words(
      "Substations that feed it. One feed is a failure domain of its own; several fail only together. At least one.",
    ).min(1),
    carriers: words(
      "Network carriers with their own way into the building. At least one; a critical service needs two.",
    ).min(1),
    hazards: words("Hazard zones that it stands in: an earthquake zone, a flood plain, one grid.").default([]),
    batteryRoomsSeparated: z
      .boolean()
      .meta({ description: "True where fire walls part UPS and battery rooms (finding K9)." }),
    batteryChemistry: z
      .enum(["lithium-ion", "lead-acid", "none"])
      .meta({ description: "Chemistry of the UPS batteries; gas does not put out lithium-ion (finding K10)." }),
    firePlanKeepsPower: z.boolean().meta({
      description: "True where a fire can be fought without cutting the power of the whole building.",
    }),
    lastDrill: z.iso
      .date()
      .optional()
      .meta({
        description: "Day of the last drill of the building's loss, YYYY-MM-DD (finding K12). Default: none is known.",
        examples: ["2026-09-12"],
      }),
    cluster: name("Stretched cluster over several facilities that this one is part of, with the others that name it.")
      .optional()
      .meta({
        description:
          "Stretched cluster over several facilities that this one is part of, with the others that name it; a " +
          "change replaces what runs in it. Three facilities or more: etcd needs a majority. Default: a " +
          "cluster of its own.",
      }),
    clusterContext: text(
      "Context of its cluster in the kubeconfig. Default: the stretched cluster's name, else the site's.",
    ).optional(),
    entrance: entranceSchema.optional().meta({
      description: "What stands at the cluster's entrance. Default: the names duplex, gateway-system and letsencrypt.",
    }),
    oidcIssuer: z
      .url({ protocol: /^https$/ })
      .optional()
      .meta({
        description:
          "Issuer of the cluster's service account tokens, readable from the internet: AWS then knows its pods " +
          "without a key. A service that uses a store of AWS from here needs it. Default: none.",
        examples: ["https://oidc.ansan.example.net"],
      }),
    cores: z
      .number()
      .positive()
      .optional()
      .meta({
        description:
          "Processor cores that the pods of all services together may take there; `duplex plan` keeps to it. " +
          "Default: no limit is known.",
      }),
    drained,
  })
  .meta({ description: "A facility of one's own." });

const zoneSubnetsSchema = z.strictObject({
  zoneId: z
    .string()
    .regex(/^[a-z]+\d-az\d+$/)
    .meta({ description: "Zone id, one of the site's." }),
  availabilityZone: text(
    "The account's name of that zone, such as ap-northeast-2a. Default: the cloud's choice of placement.",
  ).optional(),
  publicSubnetId: text("Subnet with a route to an internet gateway."),
  privateSubnetId: text("Subnet in which units stand."),
  privateRouteTableId: text("Route table of the private subnet; needed for peering. Default: no peering.").optional(),
});

const networkSchema = z
  .strictObject({
    vpcId: text("Id of the VPC.", ["vpc-0123456789abcdef0"]),
    cidr: range("Its addresses."),
    zones: z.array(zoneSubnetsSchema).min(2).meta({ description: "Its subnets by zone: at least two zones." }),
    endpointsGroupId: text(
      "Security group of its interface endpoints. Default: it has none, and units leave by its NAT gateways.",
    ).optional(),
    prefixListIds: words("Prefix lists of its gateway endpoints. Default: none.").default([]),
  })
  .meta({ description: "A network that exists already." });

const balancerSchema = z
  .strictObject({
    listenerArn: arn("HTTPS listener to which a rule for each service's names is added."),
    securityGroupId: text("Security group of the load balancer; units take traffic from it."),
    dnsName: text("Its DNS name."),
    hostedZoneId: text("Hosted zone of its DNS name."),
    addresses: z.array(z.ipv4()).default([]).meta({
      description: "Fixed addresses by which clients reach it. Default: none, and names lead to it as aliases.",
    }),
  })
  .meta({ description: "An application load balancer that exists already." });

export const cloudSchema = z
  .strictObject({
    kind: z.literal("cloud").meta({ description: "A region of a cloud." }),
    name: name("Stable key of the site."),
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/)
      .meta({ description: "Code of the region.", examples: ["ap-northeast-2"] }),
    zoneIds: z
      .array(z.string().regex(/^[a-z]+\d-az\d+$/))
      .min(1)
      .meta({
        description:
          "Zone ids (apne2-az1), never the names of an account (ap-northeast-2a): those differ between accounts.",
      }),
    operator: text("Who runs it, such as aws."),
    carriers: words("Network carriers into the region, where they are known. Default: not said.").default([]),
    hazards: words("Hazard zones that the region stands in.").default([]),
    cidr: range(
      "Addresses of its network, /16 to /20, apart from every other site's; a change replaces the network. " +
        "Default: a /16 of 10.0.0.0/8 that follows from the site's name.",
    ).optional(),
    network: networkSchema.optional().meta({ description: "A network that exists already. Default: a new one." }),
    certificateArn: arn(
      "Certificate in the region for *.<domain> and *.internal.<domain>. Default: a new one, proven by records " +
        "in the domain's zone.",
    ).optional(),
    balancer: balancerSchema.optional().meta({
      description: "A load balancer that exists already, for all services here. Default: one for each service.",
    }),
    drained,
  })
  .meta({ description: "A region of a cloud with the zones that may be used." });
