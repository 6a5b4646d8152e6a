/** Names by which services are called. */

/** What everybody calls a public service. */
export function publicName(service: string, domain: string): string {
  return `${service}.${domain}`;
}

/** Domain of the names inside of the networks. */
export function internalDomain(domain: string): string {
  return `internal.${domain}`;
}

/** An internal service, wherever it is nearest. */
export function sharedName(service: string, domain: string): string {
  return `${service}.${internalDomain(domain)}`;
}

/** The instance of a public service in one cloud site. */
export function siteName(service: string, site: string, domain: string): string {
  return `${service}-${site}.${internalDomain(domain)}`;
}

/** Names that a region's certificate is for. */
export function certificateNames(domain: string): readonly string[] {
  return [`*.${domain}`, `*.${internalDomain(domain)}`];
}

/** The variable in which a unit finds where something is, such as DUPLEX_LOGIN_URL. */
export function variableOf(name: string, what: string): string {
  return `DUPLEX_${name.toUpperCase().replace(/[^A-Z0-9]/g, "_")}_${what}`;
}
