/** Application Recovery Controller: switches kept in five regions, and plans that turn whole regions. */
import { known } from "../../../model";
import type { Reader } from "../../reader";
import { replicasOf } from "../../spread";
import { field, texts } from "../../values";

/** Switches are read with the health checks that name them: a check of kind RECOVERY_CONTROL. */
export const routingControls: Reader = {
  gives: "switches, read with the health checks that name them",
  types: [
    "aws:route53recoverycontrol/cluster:Cluster",
    "aws:route53recoverycontrol/controlPanel:ControlPanel",
    "aws:route53recoverycontrol/routingControl:RoutingControl",
    "aws:route53recoverycontrol/safetyRule:SafetyRule",
  ],
  read: (resource, into) => into.attach(resource),
};

/** A plan is kept and carried out in each region that it can turn (its documentation): it is there when one is dark. */
export const regionSwitchPlans: Reader = {
  gives: "tooling in every region that it can turn",
  types: ["aws:arcregionswitch/plan:Plan"],
  read(resource, into, { aws, identities }) {
    if (identities.of(resource).claim === "derived") return;
    const regions = texts(field(resource.properties, "regions"));
    const places = known(regions.map((region) => [aws.region(region)]));
    into.place({
      resource,
      layer: "tooling",
      sharing: "companion",
      scope: resource.urn,
      workload: resource.name,
      replicas: replicasOf(resource, { units: known(Math.max(1, regions.length)), places }, { identities }),
    });
  },
};
