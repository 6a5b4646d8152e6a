/** What is put together must stand in one network. */
import { Refusal } from "../errors";
import type { Making } from "../engine/resourceType";
import { text, texts, type Value } from "../engine/values";
import { referred } from "./awsType";
import { subnetType } from "./network";
import { securityGroupType } from "./securityGroups";

interface Parts {
  readonly subnets?: Value;
  readonly groups?: Value;
}

/** The network of the subnets, the first one's. */
export function networkOf(making: Making, subnets: Value | undefined): string | undefined {
  return text(referred(making, [subnetType], texts(subnets)[0])?.state["vpcId"]);
}

/** Refuses subnets of several networks, and security groups of another one than the subnets'. */
export function refuseOtherNetworks(making: Making, { subnets, groups }: Parts): void {
  const home = networkOf(making, subnets);
  if (home === undefined) return;
  const types = [
    ...texts(subnets).map((id) => [subnetType, id] as const),
    ...texts(groups).map((id) => [securityGroupType, id] as const),
  ];
  for (const [type, id] of types) {
    const other = text(referred(making, [type], id)?.state["vpcId"]);
    if (other === undefined || other === home) continue;
    throw new Refusal(
      "invalid",
      `${making.urn}: InvalidParameterValue: ${id} belongs to the network ${other}, and the subnets to ${home}. ` +
        `Give subnets and security groups of one network.`,
    );
  }
}
