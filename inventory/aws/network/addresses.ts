/** Addresses of one's own, and the machines that hold them. */
import type { Reader } from "../../reader";
import { field } from "../../values";

const instanceTypes = ["aws:ec2/instance:Instance"] as const;

/** An address, and the machine that holds it. */
export const addresses: Reader = {
  gives: "the way from an address to a machine",
  types: ["aws:ec2/eip:Eip", "aws:ec2/eipAssociation:EipAssociation"],
  read(resource, into, { stack }) {
    const { properties } = resource;
    const instance = field(properties, "instance") ?? field(properties, "instanceId");
    const property = resource.type.endsWith(":Eip") ? "instance" : "instanceId";
    const address =
      property === "instance"
        ? [resource]
        : stack.references(resource, "allocationId", ["aws:ec2/eip:Eip"], field(properties, "allocationId")).resources;
    for (const target of stack.references(resource, property, instanceTypes, instance).resources) {
      for (const from of address) into.forward(from.urn, target.urn);
    }
  },
};
