/** Which service of AWS makes and changes objects of a type, as CloudTrail names it in `eventSource`. */
import { awsTables, moduleOf, rowOf } from "../inventory/aws/registry";
import { addTo } from "../lib/lists";

/** It writes tags of objects of every service (Resource Groups Tagging API). */
const tagging = "tagging";

const tables = Object.values(awsTables);

/** Their calls are logged in one region, wherever the caller is: nothing to compare with a resource's own. */
const global: ReadonlySet<string> = new Set(tables.flatMap(({ global = [] }) => global));

/** Event sources by module: several families can have types of one. */
const byModule: ReadonlyMap<string, readonly string[]> = sourcesByModule();

function sourcesByModule(): Map<string, string[]> {
  const sources = new Map<string, string[]>();
  for (const { events = {} } of tables) {
    for (const [module, services] of Object.entries(events)) {
      for (const service of services) addTo(sources, module, service);
    }
  }
  return sources;
}

/** Whether a service can change objects of a type, such as `aws:ecs/service:Service`. */
export function changesType(service: string, type: string): boolean {
  return service === tagging || sourcesOf(type).includes(service);
}

/** A row's own, else those of its module; of a module that no table names, one of the same name. */
export function sourcesOf(type: string): readonly string[] {
  const module = moduleOf(type);
  return rowOf(type)?.events ?? byModule.get(module) ?? [module];
}

export function isGlobal(service: string): boolean {
  return global.has(service);
}
