/** The schema of one site: a facility of one's own, or a region of a cloud. */
import { z } from "zod";
import { nameText, textList } from "./schemaTexts";

export const facilitySchema = z
  .strictObject({
    kind: z.literal("facility").meta({ description: "A building with a Kubernetes cluster of one's own." }),
    name: nameText("Stable key of the site."),
    region: z.string().min(1).meta({
      description: "Geographic region, such as capital-area: what one earthquake or one flood takes together.",
    }),
    facility: z.string().min(1).optional().meta({
      description: "Building; two sites in one building are one failure domain. Default: the site's name.",
    }),
    operator: z.string().min(1).meta({ description: "Who runs the building and can cut its power." }),
    powerFeeds: textList(
      "Substations that feed it. One feed is a failure domain of its own; several fail only together. At least one.",
    ).min(1),
    carriers: textList(
      "Network carriers with their own way into the building. At least one; a critical service needs two.",
    ).min(1),
    hazards: textList("Hazard zones that it stands in: an earthquake zone, a flood plain, one grid.").default([]),
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
    cluster: nameText(
      "Stretched cluster over several facilities that this one is part of, with the others that name it.",
    )
      .optional()
      .meta({
        description:
          "Stretched cluster over several facilities that this one is part of, with the others that name it; a " +
          "change replaces what runs in it. Three facilities or more: etcd needs a majority. Default: a cluster of " +
          "its own.",
      }),
    clusterContext: z.string().min(1).optional().meta({
      description: "Context of its cluster in the kubeconfig. Default: the stretched cluster's name, else the site's.",
    }),
  })
  .meta({ description: "A facility of one's own." });

export const cloudSchema = z
  .strictObject({
    kind: z.literal("cloud").meta({ description: "A region of a cloud." }),
    name: nameText("Stable key of the site."),
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
    operator: z.string().min(1).meta({ description: "Who runs it, such as aws." }),
    carriers: textList("Network carriers into the region, where they are known. Default: not said.").default([]),
    hazards: textList("Hazard zones that the region stands in.").default([]),
  })
  .meta({ description: "A region of a cloud with the zones that may be used." });
