import { known, mapKnown, type Known, type Service, type ServiceId, type VolumeFact } from "../../model";
import { factsOf, servicesById } from "../evidence/read";
import { domainWords, list, subject, urnName } from "../evidence/words";
import type { Policy, Violation } from "../policy";
import { addTo } from "../../lib/lists";

export const zonalVolume: Policy = {
  name: "zonal-volume",
  code: "DPX347",
  title: "No critical data is on the volume of one zone alone",
  family: "data",
  severity: "high",
  rows: ["1", "4", "K2"],
  why:
    "Servers elsewhere had power and nothing to serve: the data was on disks of the dark building. A pod whose block " +
    "volume stands in a lost zone stays pending in every other one, however often it is scheduled anew.",
  proves:
    "Reads the volumes of claims, of stateful sets' templates and of EBS, with the provisioner, the topologies and " +
    "the binding mode of their storage class: where a volume can be attached in its own zone only, there must be " +
    "another volume, or another replica of the store, elsewhere.",
  fix: {
    text:
      "Run one member with its own volume in each zone and replicate between them, or use a store that stands in " +
      "several zones.",
    snippet:
      "spec: { replicas: 3, template: { spec: { topologySpreadConstraints: [{ topologyKey: " +
      '"topology.kubernetes.io/zone", maxSkew: 1, whenUnsatisfiable: "DoNotSchedule", labelSelector }] } } } // and ' +
      'volumeBindingMode: "WaitForFirstConsumer"',
  },
  levels: { critical: "mandatory", important: "advisory" },
  config: {},
  *judge(context) {
    const services = servicesById(context.estate);
    const byService = new Map<ServiceId, VolumeFact[]>();
    for (const fact of factsOf(context.estate, "volume")) {
      if (fact.service !== undefined) addTo(byService, fact.service, fact);
    }
    for (const [id, facts] of byService) {
      const service = services.get(id);
      const violation = service && violationOf(service, facts);
      if (violation) yield violation;
    }
  },
};

function violationOf(service: Service, facts: readonly VolumeFact[]): Violation | undefined {
  if (standsElsewhere(service, facts) || facts.some(({ zonal }) => zonal.known && !zonal.value)) return undefined;
  const names = list([...new Set(facts.map(({ urn, made }) => `${urnName(urn)} (${made})`))]);
  const common = { service: service.id, urns: [...new Set(facts.map(({ urn }) => urn))] };
  const must = `${subject(service)} must have a second volume in another place`;
  const open = facts.find(({ zonal }) => !zonal.known)?.zonal;
  const volumes = volumesOf(facts);
  const [only] = facts.flatMap(({ onlyIn }) => onlyIn);
  if (volumes.known && volumes.value > 1) {
    const single = only !== undefined && facts.every(({ onlyIn }) => onlyIn.length === 1 && onlyIn[0] === only);
    // Volumes in several places: whether their pods spread is a matter of the placement.
    if (!single || open) return undefined;
    const message = `${must}, and all ${volumes.value} of ${names} are made in ${domainWords(only)}.`;
    return { ...common, verdict: "broken", lost: [only], message };
  }
  const missing = open && !open.known ? open.missing : volumes.known ? undefined : volumes.missing;
  if (missing !== undefined) {
    return { ...common, verdict: "unknown", lost: [], message: `${must} for ${names}, and ${missing} is not known.` };
  }
  const bound = facts.some(({ boundBeforePods }) => boundBeforePods)
    ? ", bound to a zone before it is known where a pod can stand"
    : "";
  return { ...common, verdict: "broken", lost: [], message: `${must}, and has 1, of ${names}${bound}.` };
}

/** A replica on something other than these volumes; how independent it is, the concentration policies say. */
function standsElsewhere(service: Service, facts: readonly VolumeFact[]): boolean {
  const own = new Set(facts.map(({ urn }) => urn));
  return service.replicas.some(({ urn, role }) => role !== "backup" && !own.has(urn));
}

/** Of a stateful set with several templates each pod has several volumes, which count as one. */
function volumesOf(facts: readonly VolumeFact[]): Known<number> {
  const byOwner = new Map(facts.map(({ urn, volumes }) => [urn, volumes]));
  return [...byOwner.values()].reduce<Known<number>>(
    (sum, volumes) => (sum.known ? mapKnown(volumes, (count) => count + sum.value) : sum),
    known(0),
  );
}
