/**
 * What a project's program sees of the environment. It is somebody's change that is being judged, and it runs before
 * anybody has read it: it is handed nothing by which a cloud, a registry or a backend would let it in.
 */
import { isSecretName } from "../../../inventory/secrets/words";

/** Whose variables tell an account, a cluster, an agent or a file of keys. */
const prefixes: readonly string[] = [
  ...["AWS_", "AZURE_", "ARM_", "GOOGLE_", "GCLOUD_", "CLOUDSDK_", "DIGITALOCEAN_", "CLOUDFLARE_", "VAULT_", "NOMAD_"],
  ...[
    "ACTIONS_",
    "GITHUB_TOKEN",
    "CI_JOB_",
    "CI_REGISTRY_",
    "SSH_A",
    "GPG_",
    "DOCKER_",
    "KUBE",
    "NPM_CONFIG_",
    "npm_config_",
  ],
  ...["PULUMI_ACCESS", "PULUMI_CONFIG_PASSPHRASE", "PULUMI_BACKEND", "PULUMI_HOME", "GIT_ASKPASS", "NETRC"],
];

/** Where something stands is no credential, and programs ask for it. */
const kept: ReadonlySet<string> = new Set([
  ...["AWS_REGION", "AWS_DEFAULT_REGION", "GOOGLE_PROJECT", "GOOGLE_REGION", "GOOGLE_ZONE", "ARM_LOCATION"],
]);

export interface ProgramEnvironment {
  readonly env: Readonly<Record<string, string>>;
  /** Names of what was kept from the program, sorted. */
  readonly withheld: readonly string[];
}

export function withoutCredentials(env: Readonly<Record<string, string | undefined>>): ProgramEnvironment {
  const given = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const isCredential = ([name]: readonly [string, string]) =>
    !kept.has(name) && (prefixes.some((prefix) => name.startsWith(prefix)) || isSecretName(name));
  return {
    // A machine of EC2 would hand its role to whoever asks its own address for it.
    env: { ...Object.fromEntries(given.filter((entry) => !isCredential(entry))), AWS_EC2_METADATA_DISABLED: "true" },
    withheld: given
      .filter(isCredential)
      .map(([name]) => name)
      .sort(),
  };
}
