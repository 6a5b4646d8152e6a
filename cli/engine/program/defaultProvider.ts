/** Names of the providers that the engine makes where a program gives none. */

/** Package of a type token: `aws` of `aws:ec2/vpc:Vpc`; a provider belongs to `pulumi`. */
export function packageOf(type: string): string {
  return type.slice(0, Math.max(0, type.indexOf(":")));
}

export function defaultProviderType(name: string): string {
  return `pulumi:providers:${name}`;
}

/** `default_7_48_0`, as the engine writes a version into a name. */
export function defaultProviderName(version: string, downloadUrl: string): string {
  const parts = ["default", version, downloadUrl.replace(/^https?:\/\//, "")].filter(Boolean);
  return parts.join("_").replace(/[^A-Za-z0-9_]/g, "_");
}
