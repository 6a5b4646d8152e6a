import type { Estate, Urn } from "../../model";

/** URN of the stack itself: the resource to point at where a finding is about the stack as a whole. */
export function stackUrn(estate: Estate): Urn {
  const urns = [...estate.services.flatMap((service) => service.urns), ...estate.notJudged.map((item) => item.urn)];
  const pulumi = urns.filter((urn) => urn.startsWith("urn:pulumi:")).sort()[0];
  const [, stack, project] = /^urn:pulumi:(.*?)::(.*?)::/.exec(pulumi ?? "") ?? [];
  return stack !== undefined && project !== undefined
    ? `urn:pulumi:${stack}::${project}::pulumi:pulumi:Stack::${project}-${stack}`
    : "the stack";
}
