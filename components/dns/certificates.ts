import * as acm from "@pulumi/aws/acm";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { type CloudSite, type Mistake, tagKeys } from "../../model";
import { argumentMistake, refuseIfAny } from "../common/refuse";

export interface CertificatesArgs {
  /** Public hosted zone of the names; AWS waits until the domain is delegated to it. */
  readonly zoneId: pulumi.Input<string>;
  /** Names that each certificate is for, at most 10, such as `*.duplex.example`. A change replaces the certificates. */
  readonly names: readonly string[];
  /** Cloud sites, at least one; each has a certificate in its own region. */
  readonly sites: readonly CloudSite[];
}

/** Names that one certificate may have unless more were asked for (AWS Certificate Manager User Guide, "Quotas"). */
const mostNames = 10;

/** Seconds that the proof of a name may be kept; it never changes. */
const proofTtlSeconds = 300;

/**
 * A certificate in each region, proven by records that stay, so that AWS renews it by itself. Every region of an
 * account asks for the same record of a name: one proves all.
 *
 * Cost: none; certificates of ACM are free of charge.
 */
export class Certificates extends pulumi.ComponentResource {
  /** ARNs by the site's name, known once the certificate is issued. */
  readonly arns: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: CertificatesArgs, options?: pulumi.ComponentResourceOptions) {
    refuseIfAny(certificatesMistakes(name, args));
    const stated = { names: args.names, sites: args.sites.map((site) => site.name) };
    super("duplex:dns:Certificates", name, stated, options);
    const [first = ""] = args.names;
    const made = args.sites.map((site) => ({
      site,
      certificate: new acm.Certificate(
        `${name}-${site.name}`,
        {
          region: site.region,
          domainName: first,
          subjectAlternativeNames: [...args.names],
          validationMethod: "DNS",
          tags: { [tagKeys.site]: site.name },
        },
        { parent: this },
      ),
    }));
    const proofs = createProofs(this, name, args, made[0]?.certificate);
    this.arns = Object.fromEntries(
      made.map(({ site, certificate }) => {
        const { certificateArn } = new acm.CertificateValidation(
          `${name}-${site.name}`,
          {
            region: site.region,
            certificateArn: certificate.arn,
            validationRecordFqdns: proofs.map(({ fqdn }) => fqdn),
          },
          { parent: this },
        );
        return [site.name, certificateArn];
      }),
    );
    this.registerOutputs(stated);
  }
}

function certificatesMistakes(name: string, { names, sites }: CertificatesArgs): readonly Mistake[] {
  return [
    ...(names.length >= 1 && names.length <= mostNames
      ? []
      : [
          argumentMistake(
            "DPX231",
            name,
            `names must be 1 to ${mostNames}, but are ${names.length}.`,
            "Name fewer, or use a wildcard.",
          ),
        ]),
    ...(sites.length > 0
      ? []
      : [argumentMistake("DPX231", name, "sites must name a cloud site, but is empty.", "Name one.")]),
  ];
}

/** The records by which AWS knows that the names are ours. A wildcard and its parent have the same. */
function createProofs(
  parent: Certificates,
  name: string,
  { names, zoneId }: CertificatesArgs,
  certificate: acm.Certificate | undefined,
) {
  if (!certificate) return [];
  const domains = [...new Set(names.map((one) => one.replace(/^\*\./, "")))];
  return domains.map((domain) => {
    const proof = certificate.domainValidationOptions.apply((options) => {
      const found = options.find((option) => option.domainName.replace(/^\*\./, "") === domain);
      if (!found) throw new Error(`AWS asks for no record of ${domain}.`);
      return found;
    });
    return new route53.Record(
      `${name}-${domain}`,
      {
        zoneId,
        name: proof.resourceRecordName,
        type: proof.resourceRecordType.apply((type) => type as route53.RecordType),
        ttl: proofTtlSeconds,
        records: [proof.resourceRecordValue],
      },
      { parent },
    );
  });
}
