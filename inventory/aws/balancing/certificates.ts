/** Whether a listener's certificate is one that clients accept: of its region, issued, and for the names they ask. */
import { closedBy, type Gate } from "../../gate";
import type { ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { field, textAt, texts } from "../../values";
import { membersOf } from "../../members";
import { namesOf } from "./names";

const certificateTypes = ["aws:acm/certificate:Certificate"] as const;
const moreTypes = ["aws:lb/listenerCertificate:ListenerCertificate"] as const;
const ownerTypes = ["aws:lb/listener:Listener", "aws:alb/listener:Listener"] as const;

/** States in which it is no certificate (ACM API Reference, CertificateDetail, Status). */
const ended: ReadonlySet<string> = new Set(["EXPIRED", "FAILED", "INACTIVE", "REVOKED", "VALIDATION_TIMED_OUT"]);

export function certificateGate(listener: Resource, balancer: Resource, context: ReadContext): Gate | undefined {
  const { aws, stack } = context;
  const named = field(listener.properties, "certificateArn");
  const [, region] = /^arn:aws[a-z-]*:acm:([a-z0-9-]+):/.exec(textAt(listener, "certificateArn") ?? "") ?? [];
  const own = aws.regionOf(listener);
  // Services take certificates of their own region alone (ACM User Guide, "Services integrated with ACM").
  if (region !== undefined && own.known && own.value !== region) {
    const why = `the certificate of "${listener.name}" is of ${region}, not ${own.value}`;
    return closedBy(listener, "certificateArn", why);
  }
  const [certificate] = stack.references(listener, "certificateArn", certificateTypes, named).resources;
  if (certificate === undefined) return undefined;
  const status = textAt(certificate, "status");
  if (status !== undefined && ended.has(status)) {
    return closedBy(certificate, "status", `the certificate "${certificate.name}" is ${status.toLowerCase()}`);
  }
  return membersOf(stack, listener, moreTypes, "listenerArn", ownerTypes).length > 0
    ? undefined
    : nameGate(certificate, namesOf(balancer, stack));
}

/** None of the names that lead there is one of its own: every client turns away. */
function nameGate(certificate: Resource, asked: readonly string[]): Gate | undefined {
  const domain = textAt(certificate, "domainName");
  const others = field(certificate.properties, "subjectAlternativeNames");
  if (domain === undefined || typeof others === "symbol" || asked.length === 0) return undefined;
  const names = [domain, ...texts(others)].map((name) => name.toLowerCase());
  if (asked.some((one) => names.some((name) => isFor(name, one)))) return undefined;
  const why = `the certificate "${certificate.name}" is for ${domain}, and clients ask ${asked[0] ?? ""}`;
  return closedBy(certificate, "domainName", why);
}

/** `*.` stands for one label, and not for none (RFC 6125). */
function isFor(name: string, asked: string): boolean {
  return name === asked || (name.startsWith("*.") && asked.slice(asked.indexOf(".")) === name.slice(1));
}
