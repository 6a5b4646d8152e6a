import { catalogue } from "../policies/catalogue";
import type { Policy } from "../policies/policy";

/** Under which the files of this repository are found, as those of `schema/` are. */
export const siteUrl = "https://duplex.dev/";

/** The page on a policy; undefined of one that Duplex does not bring. */
export function pageOf({ name }: Pick<Policy, "name">): string | undefined {
  return catalogue.some((policy) => policy.name === name) ? `${siteUrl}docs/policies/${name}.md` : undefined;
}
