/** The pods of a service. */
import type * as k8s from "@pulumi/kubernetes";
import { topologyKeys } from "../../model";
import type { KubernetesServiceArgs, PodIdentity } from "./args";
import { evictionTolerations, placeSpread, spread, withOptions } from "./podDefaults";

export const defaultPodPort = 8080;

/** Where the cluster's token for AWS is found in a pod, as its SDKs look for it. */
const tokenFolder = "/var/run/secrets/aws";
const tokenFile = "token";
const audience = "sts.amazonaws.com";

export function podSpec(
  args: KubernetesServiceArgs,
  matchLabels: Record<string, string>,
  serviceAccountName: string,
): k8s.types.input.core.v1.PodSpec {
  const { cpu = "2", memory = "4Gi", kind, podIdentity } = args;
  const resources = { cpu, memory };
  return {
    serviceAccountName,
    // The pods call no API of the cluster: without a token there is none to steal.
    automountServiceAccountToken: false,
    ...withOptions({ priorityClassName: args.priorityClass }),
    topologySpreadConstraints: [
      ...placeSpread(args.over, matchLabels),
      spread(topologyKeys.power, matchLabels, "ScheduleAnyway"),
      spread(topologyKeys.host, matchLabels, "ScheduleAnyway"),
    ],
    tolerations: evictionTolerations(args.identity),
    terminationGracePeriodSeconds: 30,
    securityContext: { seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      {
        name: args.identity.service,
        image: args.image.replaceAll("{site}", args.site.name),
        ...(args.command ? { command: [...args.command] } : {}),
        env: environmentOf(args),
        ...(kind === "worker" ? {} : serving(args)),
        resources: { requests: resources, limits: resources },
        securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: { drop: ["ALL"] } },
        ...(podIdentity ? { volumeMounts: [{ name: "aws", mountPath: tokenFolder, readOnly: true }] } : {}),
      },
    ],
    ...(podIdentity ? { volumes: [awsToken] } : {}),
  };
}

function serving({
  port = defaultPodPort,
  readyPath = "/healthz/ready",
  livePath = "/healthz/live",
}: KubernetesServiceArgs) {
  const probe = (path: string, failureThreshold: number) => ({
    httpGet: { path, port: "http" },
    periodSeconds: 5,
    timeoutSeconds: 2,
    failureThreshold,
  });
  return {
    ports: [{ name: "http", containerPort: port }],
    // Alive and ready ask the pod only about itself: a dependency that fails must not restart every pod of a site.
    livenessProbe: probe(livePath, 6),
    readinessProbe: probe(readyPath, 2),
  };
}

/** A token of the cluster that AWS takes, renewed by the kubelet. */
const awsToken: k8s.types.input.core.v1.Volume = {
  name: "aws",
  projected: { sources: [{ serviceAccountToken: { audience, expirationSeconds: 3600, path: tokenFile } }] },
};

function environmentOf(args: KubernetesServiceArgs): k8s.types.input.core.v1.EnvVar[] {
  const { identity, site, port = defaultPodPort, environment = {}, secrets = {}, podIdentity } = args;
  const values = {
    PORT: String(port),
    DUPLEX_SERVICE: identity.service,
    DUPLEX_SITE: site.name,
    ...(podIdentity ? identityVariables(podIdentity) : {}),
    ...environment,
  };
  const sorted = <T>(of: Readonly<Record<string, T>>) => Object.entries(of).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...sorted(values).map(([name, value]) => ({ name, value })),
    ...sorted(secrets).map(([name, { secret, key }]) => ({ name, valueFrom: { secretKeyRef: { name: secret, key } } })),
  ];
}

function identityVariables({ roleArn, region }: PodIdentity) {
  return {
    AWS_REGION: region,
    AWS_ROLE_ARN: roleArn,
    AWS_WEB_IDENTITY_TOKEN_FILE: `${tokenFolder}/${tokenFile}`,
    // Credentials from the region's own endpoint, and not from the one in us-east-1.
    AWS_STS_REGIONAL_ENDPOINTS: "regional",
  };
}
