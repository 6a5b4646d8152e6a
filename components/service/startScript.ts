/** What an instance does at its start: it pulls the image of its own region and runs it. */
import * as pulumi from "@pulumi/pulumi";
import type { Settled } from "./args";
import { environmentOf } from "./container";

/** The script in base64, as a launch template takes it. */
export function startScript(args: Settled, logGroup: pulumi.Input<string>): pulumi.Output<string> {
  const { container, port, site } = args;
  const environment = environmentOf(args);
  const secrets = container.secrets ?? {};
  return pulumi
    .all([pulumi.output(container.image), pulumi.output(logGroup), pulumi.all(environment), pulumi.all(secrets)])
    .apply(([image, group, variables, arns]) =>
      Buffer.from(
        scriptOf({ image, group, variables, arns, command: container.command ?? [], region: site.region, port }),
      ).toString("base64"),
    );
}

interface Script {
  readonly image: string;
  readonly group: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly arns: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly region: string;
  readonly port: number;
}

const file = "/etc/duplex.env";

function scriptOf({ image, group, variables, arns, command, region, port }: Script): string {
  const registry = image.split("/")[0] ?? "";
  const sorted = (values: Readonly<Record<string, string>>) =>
    Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    "#!/bin/sh",
    "set -eu",
    "umask 077",
    // The packages of Amazon Linux come from S3, by the network's own route.
    "dnf install -y docker",
    "systemctl enable --now docker",
    ...(registry.includes(".dkr.ecr.")
      ? [`aws ecr get-login-password --region ${region} | docker login --username AWS --password-stdin ${registry}`]
      : []),
    `: > ${file}`,
    ...sorted(variables).map(([key, value]) => `printf '%s=%s\\n' ${key} ${quoted(value)} >> ${file}`),
    ...sorted(arns).map(
      ([key, arn]) =>
        `printf '%s=%s\\n' ${key} "$(aws secretsmanager get-secret-value --region ${region} --secret-id ` +
        `${quoted(arn)} --query SecretString --output text)" >> ${file}`,
    ),
    [
      "docker run --detach --init --restart always --env-file",
      file,
      `--publish ${port}:${port}`,
      `--log-driver awslogs --log-opt awslogs-region=${region} --log-opt awslogs-group=${group} --log-opt ` +
        "mode=non-blocking",
      quoted(image),
      ...command.map(quoted),
    ].join(" "),
    "",
  ].join("\n");
}

/** A word of the shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
