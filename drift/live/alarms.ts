/**
 * Alarms that have gone off: what `aws cloudwatch describe-alarms` prints (CloudWatch API Reference, DescribeAlarms).
 */
import { alarmTypes } from "../../inventory/aws/watching/alarms";
import type { Value } from "../../inventory/resource";
import { field, items, text, texts } from "../../inventory/values";
import type { Estate, Urn } from "../../model";
import type { StateResource } from "../state";
import { storesOfLag } from "./lagMetrics";
import type { ResourceIndex } from "./resourceIndex";
import type { AlarmRecord, Recognised, WatchedMetric } from "./record";
import type { LiveObservation } from "./observation";

/** Undefined for any other document. Alarms in another state than ALARM are left out. */
export function alarms(document: Value): Recognised | undefined {
  const lists = ["MetricAlarms", "CompositeAlarms"].filter((key) => Array.isArray(field(document, key)));
  if (lists.length === 0) return undefined;
  const found: AlarmRecord[] = [];
  for (const key of lists) {
    for (const [index, alarm] of items(field(document, key)).entries()) {
      const [arn, name, state] = ["AlarmArn", "AlarmName", "StateValue"].map((each) => text(field(alarm, each)));
      if (arn === undefined || name === undefined || state === undefined) {
        const message = 'An alarm must have "AlarmArn", "AlarmName" and "StateValue".';
        return { path: `${key}[${index}]`, message };
      }
      if (state !== "ALARM") continue;
      found.push({ kind: "alarm", arn, name, metrics: metricsOf(alarm), actions: texts(field(alarm, "AlarmActions")) });
    }
  }
  return found;
}

/** Its one metric, or those that its expression is made of. */
function metricsOf(alarm: Value): readonly WatchedMetric[] {
  const inner = items(field(alarm, "Metrics")).map((each): Value => field(field(each, "MetricStat"), "Metric"));
  const metrics: readonly Value[] = [alarm, ...inner];
  return metrics.flatMap((metric) => {
    const [namespace, name] = [text(field(metric, "Namespace")), text(field(metric, "MetricName"))];
    if (namespace === undefined || name === undefined) return [];
    const dimensions = items(field(metric, "Dimensions")).flatMap((dimension) => {
      const [key, value] = [text(field(dimension, "Name")), text(field(dimension, "Value"))];
      return key === undefined || value === undefined ? [] : [[key, value] as const];
    });
    return [{ namespace, name, dimensions: Object.fromEntries(dimensions) }];
  });
}

/** Stores whose copies lag, and alarms of the program about a critical service. */
export function observeAlarms(
  records: readonly AlarmRecord[],
  deployed: Estate,
  placed: ResourceIndex,
): readonly LiveObservation[] {
  const critical = new Set(deployed.services.filter(({ tier }) => tier === "critical").flatMap(({ urns }) => urns));
  return records.flatMap((alarm) => {
    const stores = storesBehind(alarm, placed);
    const path = stores.length > 0 ? "replicationLag" : "alarms";
    const about = stores.length > 0 ? stores : watchedBy(alarm, critical, placed);
    return about.map(({ urn }) => ({ urn, path: [path, alarm.name], promised: "OK", found: "ALARM" }));
  });
}

function storesBehind({ metrics, arn }: AlarmRecord, placed: ResourceIndex): readonly StateResource[] {
  const found = metrics.flatMap(({ namespace, name, dimensions }) =>
    Object.entries(storesOfLag(namespace, name) ?? {}).flatMap(([dimension, types]) => {
      const store = dimensions[dimension];
      return store === undefined ? [] : placed.named(types, store, arn);
    }),
  );
  return [...new Set(found)];
}

/**
 * The alarm itself, where the program has made it for a critical service or its resource, and not to scale something
 * by.
 */
function watchedBy(alarm: AlarmRecord, critical: ReadonlySet<Urn>, placed: ResourceIndex): readonly StateResource[] {
  const { actions } = alarm;
  if (actions.length > 0 && actions.every((action) => /:(?:scalingPolicy|autoscaling):/.test(action))) return [];
  const own = placed.withArn(alarm.arn) ?? placed.named(alarmTypes, alarm.name, alarm.arn)[0];
  const names = alarm.metrics.flatMap(({ dimensions }) => Object.values(dimensions));
  const watched = () => names.flatMap((name) => placed.named(undefined, name, alarm.arn));
  return own !== undefined && [own, ...watched()].some(({ urn }) => critical.has(urn)) ? [own] : [];
}
