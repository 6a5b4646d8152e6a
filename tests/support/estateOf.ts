/** Short forms of what an inventory has read, for expectations. */
import type { Estate, Service } from "../../model";

/** The one service of this id; the others are named where it is not there. */
export function serviceIn(estate: Estate, id: string): Service {
  const found = estate.services.find((one) => one.id === id);
  if (!found) throw new Error(`No service ${id} among ${estate.services.map((one) => one.id).join(", ")}.`);
  return found;
}

/** Each replica as `<domains> <role> <units>`, `?` and the missing property where something is not known. */
export function placesOf(service: Service): readonly string[] {
  return service.replicas.map(({ placement, role, units }) =>
    [
      placement.known ? placement.value.join("+") : `? ${placement.missing}`,
      role,
      units.known ? units.value : `? ${units.missing}`,
    ].join(" "),
  );
}
