/** Ports of Services and of the pods behind them (Kubernetes, "Service": "Port definitions"). */
import { closedBy, tightest, undecidedBy, type Gate } from "../../gate";
import type { Resource, Value } from "../../resource";
import { amount, at, field, items, text } from "../../values";
import { podPath } from "../workloads/pods";

/** A port of a pod; the number is left out where it is not known. */
export interface PodPort {
  readonly number?: number;
  readonly protocol: string;
}

export interface OpenedPort {
  readonly pod: PodPort;
  /** What speaks against anybody listening there. */
  readonly gate?: Gate;
}

interface Declared {
  readonly name?: string;
  readonly number?: number;
  readonly protocol: string;
}

/** Containers that run while the pod does; undefined where they are not known. */
export function containersOf(workload: Resource): readonly Value[] | undefined {
  const spec = at(workload.properties, ...podPath);
  const [main, first] = [field(spec, "containers"), items(field(spec, "initContainers"))];
  if (typeof main === "symbol") return undefined;
  return [...items(main), ...first.filter((one) => field(one, "restartPolicy") === "Always")];
}

function declaredIn(containers: readonly Value[]): readonly Declared[] {
  return containers.flatMap((container) =>
    items(field(container, "ports")).map((port) => {
      const [name, number] = [text(field(port, "name")), amount(field(port, "containerPort"))];
      return {
        protocol: text(field(port, "protocol")) ?? "TCP",
        ...(name === undefined ? {} : { name }),
        ...(number === undefined ? {} : { number }),
      };
    }),
  );
}

/** The number of a port that containers name; undefined where none does. */
export function namedPort(containers: readonly Value[], name: string, protocol: string): number | undefined {
  return declaredIn(containers).find((port) => port.name === name && port.protocol === protocol)?.number;
}

/** Where one port of a Service leads in the pods of a workload. */
export function podPortOf(service: Resource, port: Value, workload: Resource): OpenedPort {
  const protocol = text(field(port, "protocol")) ?? "TCP";
  const target = field(port, "targetPort") ?? field(port, "port");
  const containers = containersOf(workload);
  if (containers === undefined || typeof target === "symbol") return { pod: { protocol } };
  const number = amount(target);
  if (number !== undefined) {
    const gate = undeclared(containers, number, protocol, service, "spec.ports");
    return { pod: { number, protocol }, ...(gate === undefined ? {} : { gate }) };
  }
  const name = text(target);
  if (name === undefined) return { pod: { protocol } };
  const named = namedPort(containers, name, protocol);
  if (named !== undefined) return { pod: { number: named, protocol } };
  const why = `the Service "${service.name}" leads to the port "${name}", which no container of "${workload.name}" has`;
  return { pod: { protocol }, gate: closedBy(service, "spec.ports", why) };
}

/**
 * Containers that declare ports, and not this one, may listen on it all the same ("Declaring a port does not open it"),
 * and may not.
 */
function undeclared(
  containers: readonly Value[],
  number: number,
  protocol: string,
  resource: Resource,
  property: string,
): Gate | undefined {
  const declared = declaredIn(containers);
  const isAnyUnknown = containers.some((one) => typeof field(one, "ports") === "symbol");
  if (isAnyUnknown || declared.length === 0) return undefined;
  if (declared.some((port) => port.number === number && port.protocol === protocol)) return undefined;
  const written = `${number}${protocol === "TCP" ? "" : `/${protocol}`}`;
  return undecidedBy(resource, property, `no container declares the port ${written} that "${resource.name}" asks`);
}

const probes = ["startupProbe", "livenessProbe", "readinessProbe"] as const;

/**
 * What keeps pods from ever being ready, or has them killed again and again: a probe of a port that no container has.
 *
 * @param isReadyOnly false where pods that are not ready are sent requests too
 */
export function probeGate(workload: Resource, isReadyOnly: boolean): Gate | undefined {
  const containers = containersOf(workload) ?? [];
  return tightest(
    containers.flatMap((container) =>
      probes
        .filter((kind) => isReadyOnly || kind !== "readinessProbe")
        .map((kind) => probeOf(workload, container, kind, containers)),
    ),
  );
}

function probeOf(
  workload: Resource,
  container: Value,
  kind: (typeof probes)[number],
  containers: readonly Value[],
): Gate | undefined {
  const probe = field(container, kind);
  const property = `spec.template.spec.containers.${kind}`;
  const asked: readonly Value[] = [
    at(probe, "httpGet", "port"),
    at(probe, "tcpSocket", "port"),
    at(probe, "grpc", "port"),
  ];
  const port: Value = asked.find((one) => one !== undefined);
  // A host of its own is asked in place of the pod.
  if (port === undefined || text(at(probe, "httpGet", "host") ?? at(probe, "tcpSocket", "host")) !== undefined) {
    return undefined;
  }
  const number = amount(port);
  if (number !== undefined) return undeclared(containers, number, "TCP", workload, property);
  const name = text(port);
  // Only ports of the probe's own container have names for it.
  if (name === undefined || namedPort([container], name, "TCP") !== undefined) return undefined;
  const why = `the ${kind} of "${workload.name}" asks the port "${name}", which its container does not have`;
  return closedBy(workload, property, why);
}
