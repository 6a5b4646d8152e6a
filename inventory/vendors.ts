/**
 * Third parties that an estate says it depends on: a component publishes them, for no resource of a stack is theirs.
 */
import { componentTypes, domainId } from "../model";
import type { Reader } from "./reader";
import { field, items, text } from "./values";

export const vendors: Reader = {
  gives: "third parties that an estate says it depends on",
  types: [componentTypes.estate],
  read(resource, into) {
    for (const vendor of items(field(resource.properties, "vendors"))) {
      const name = text(field(vendor, "name"));
      if (name === undefined) continue;
      const company = text(field(vendor, "vendor")) ?? name;
      const purpose = text(field(vendor, "purpose"));
      const domain = domainId("vendor", company);
      into.vendors.push({ service: name, domain, urn: resource.urn, ...(purpose === undefined ? {} : { purpose }) });
    }
  },
};
