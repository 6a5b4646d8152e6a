/** Whether there is a way for each call: what nobody can reach is no dependency that can be kept. */
import type { LenientEstate, LenientDependency, LenientService } from "../lenientEstate";
import { mistake, nameOf, siteNamed } from "./words";

export function uncallable(estate: LenientEstate) {
  const services = new Map(estate.services.map((service) => [service.name?.text, service]));
  return estate.services.flatMap((caller) =>
    caller.dependencies.flatMap((dependency) => [
      ...callsOfWorkers(dependency, services),
      ...unreachable(estate, caller, dependency, services),
    ]),
  );
}

type Services = ReadonlyMap<string | undefined, LenientService>;

function callsOfWorkers({ anyOf }: LenientDependency, services: Services) {
  return anyOf
    .filter((name) => services.get(name.text)?.kind === "worker")
    .map((name) =>
      mistake(
        "DPX140",
        name.path,
        `The service "${name.text}" is a worker: nothing listens there that could be called.`,
        "Make it internal, or depend on what it works on.",
      ),
    );
}

/**
 * Sites from which no member can be reached: an internal service has a private name, which ends at its own networks.
 */
function unreachable(
  estate: LenientEstate,
  caller: LenientService,
  { anyOf, path }: LenientDependency,
  services: Services,
) {
  const callees = anyOf.map((name) => services.get(name.text));
  if (callees.some((callee) => callee?.kind !== "internal")) return [];
  const isCloud = (name: string) => siteNamed(estate, name)?.kind === "cloud";
  return (caller.sites ?? [])
    .filter(({ text: from }) =>
      callees.every((callee) => {
        const sites = (callee?.sites ?? []).map((site) => site.text);
        return !sites.includes(from) && !(isCloud(from) && sites.some(isCloud));
      }),
    )
    .map(({ text: from }) =>
      mistake(
        "DPX141",
        path,
        `The service "${nameOf(caller)}" in "${from}" has no way to the internal service ` +
          `"${anyOf.map((name) => name.text).join('" or "')}", which does not run there.`,
        `Run it in "${from}" too, or make it public.`,
      ),
    );
}
