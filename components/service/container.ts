/** The container of a unit, and what it finds in its environment. */
import * as pulumi from "@pulumi/pulumi";
import type { Settled } from "./args";

/** Variables that every unit has, beside those that it is given. */
export function environmentOf({
  identity,
  site,
  port,
  container,
}: Settled): Readonly<Record<string, pulumi.Input<string>>> {
  return {
    PORT: String(port),
    DUPLEX_SERVICE: identity.service,
    DUPLEX_SITE: site.name,
    DUPLEX_REGION: site.region,
    ...container.environment,
  };
}

/** The one container of a task, as ECS takes it; sorted, so that nothing changes but what has changed. */
export function containerDefinitions(
  name: string,
  args: Settled,
  logGroup: pulumi.Input<string>,
): pulumi.Output<string> {
  const { container, kind, port, site } = args;
  const sorted = <T>(values: Readonly<Record<string, T>>) =>
    Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
  return pulumi.jsonStringify([
    {
      name: args.identity.service,
      image: container.image,
      essential: true,
      ...(container.command ? { command: container.command } : {}),
      ...(kind === "worker" ? {} : { portMappings: [{ containerPort: port, protocol: "tcp" }] }),
      environment: sorted(environmentOf(args)).map(([key, value]) => ({ name: key, value })),
      ...(container.secrets
        ? { secrets: sorted(container.secrets).map(([key, valueFrom]) => ({ name: key, valueFrom })) }
        : {}),
      // Signals reach the process, and what it leaves behind is collected.
      linuxParameters: { initProcessEnabled: true },
      stopTimeout: 30,
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          "awslogs-group": logGroup,
          "awslogs-region": site.region,
          "awslogs-stream-prefix": name,
          // A log that does not answer must not stop the unit.
          mode: "non-blocking",
          "max-buffer-size": "4m",
        },
      },
    },
  ]);
}
