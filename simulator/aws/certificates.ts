/** Certificates of ACM, proven by records in DNS. */
import { Refusal } from "../errors";
import type { CloudView, Making, Refuse, ResourceType } from "../engine/resourceType";
import { list, object, text, texts, type Properties, type Value } from "../engine/values";
import type { CloudObject } from "../store/object";
import { arn, awsType, given, oneOf, referred, usersOfType } from "./awsType";
import { digest } from "./digest";
import { recordType } from "./dns";
import { uuid } from "./keys";
import { account, dnsSuffix } from "./regions";

export const certificateType = "aws:acm/certificate:Certificate";
const validationType = "aws:acm/certificateValidation:CertificateValidation";

/** Certificates that IAM keeps, and those of other accounts: not of this model. */
export const otherCertificates = /:iam::|^arn:[\w-]+:acm:[\w-]*:(?!000000000000:)/;

const domainName = /^(\*\.)?([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;

/** Names that one certificate may have, unless more were asked for (ACM User Guide, "Quotas"). */
const mostNames = 10;

const certificate = awsType({
  token: certificateType,
  id: (making) => arn(making, "acm", `certificate/${uuid(making)}`),
  replaceOn: ["domainName", "subjectAlternativeNames", "validationMethod", "keyAlgorithm", "certificateAuthorityArn"],
  sets: ["subjectAlternativeNames"],
  secrets: ["privateKey"],
  check: checkCertificate,
  outputs: {
    arn: (making) => making.id,
    domainValidationOptions: ({ inputs }) => optionsOf(inputs),
    keyAlgorithm: () => "RSA_2048",
    options: () => ({ certificateTransparencyLoggingPreference: "ENABLED", export: "DISABLED" }),
    pendingRenewal: () => false,
    renewalEligibility: () => "INELIGIBLE",
    status: ({ inputs }) => (isImported(inputs) ? "ISSUED" : "PENDING_VALIDATION"),
    type: ({ inputs }) => (isImported(inputs) ? "IMPORTED" : "AMAZON_ISSUED"),
    subjectAlternativeNames: ({ inputs }) => [text(inputs["domainName"]) ?? ""],
    validationEmails: () => [],
    notAfter: () => "",
    notBefore: () => "",
  },
  refreshed: (found, cloud): Properties => (isIssued(found, cloud) ? { status: "ISSUED" } : {}),
});

function isImported(inputs: Properties): boolean {
  return inputs["privateKey"] !== undefined;
}

/** True for a certificate that a listener may use. */
export function isIssued(found: CloudObject, cloud: CloudView): boolean {
  return isImported(found.inputs) || usersOfType(cloud, found, validationType).length > 0;
}

function checkCertificate(inputs: Properties, refuse: Refuse): void {
  oneOf(inputs, refuse, "validationMethod", ["DNS", "EMAIL"]);
  oneOf(inputs, refuse, "keyAlgorithm", [
    "RSA_1024",
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "EC_prime256v1",
    "EC_secp384r1",
    "EC_secp521r1",
  ]);
  if (isImported(inputs)) return;
  const common = text(inputs["domainName"]);
  if (inputs["domainName"] === undefined)
    refuse("domainName", "domainName is required for a certificate that ACM issues.");
  if (common !== undefined && common.length > 64) {
    refuse("domainName", `domainName must have at most 64 characters, and has ${common.length}.`);
  }
  for (const name of [...(common === undefined ? [] : [common]), ...texts(inputs["subjectAlternativeNames"])]) {
    if (!domainName.test(name)) refuse("domainName", `"${name}" is no domain name. Give one such as *.example.com.`);
  }
  const count = new Set([common, ...texts(inputs["subjectAlternativeNames"])]).size;
  if (count > mostNames) {
    refuse("subjectAlternativeNames", `A certificate has at most ${mostNames} names, and this one ${count}.`);
  }
}

/** One record for each name; a wildcard shares its parent's, and every region of an account asks for the same one. */
function optionsOf(inputs: Properties): Value {
  if (inputs["validationMethod"] !== "DNS") return [];
  const names = [...new Set([text(inputs["domainName"]) ?? "", ...texts(inputs["subjectAlternativeNames"])])];
  return names.map((name) => {
    const domain = name.replace(/^\*\./, "").toLowerCase();
    const proof = (salt: string) => `_${digest(`${account} ${domain} ${salt}`, 32)}`;
    return {
      domainName: name,
      resourceRecordName: `${proof("name")}.${domain}.`,
      resourceRecordType: "CNAME",
      resourceRecordValue: `${proof("value")}.${proof("suffix").slice(0, 11)}.acm-validations.${dnsSuffix}.`,
    };
  });
}

const validation = awsType({
  token: validationType,
  tagged: false,
  id: (making) => `${making.created}${making.hex(6)}`,
  replaceOn: "all",
  references: [{ path: "certificateArn", to: [certificateType], bond: "dies", except: otherCertificates }],
  admit: admitValidation,
  outputs: {},
});

/** The cloud waits for each record until it gives up; here it says at once which one is missing. */
function admitValidation(making: Making): void {
  const found = referred(making, [certificateType], making.inputs["certificateArn"]);
  if (!found) return;
  for (const option of list(found.state["domainValidationOptions"]).map(object)) {
    const name = (text(option["resourceRecordName"]) ?? "").replace(/\.$/, "");
    const record = making.cloud.find([recordType], "global", name);
    const values = texts(record?.inputs["records"]).map((value) => value.replace(/\.$/, ""));
    if (values.includes((text(option["resourceRecordValue"]) ?? "").replace(/\.$/, ""))) continue;
    throw new Refusal(
      "invalid",
      `${making.urn}: the certificate ${given(making, "certificateArn")} stays PENDING_VALIDATION: there is no CNAME ` +
        `record ${name} with the value that ACM asked for. Create the record of each of its ` +
        "domainValidationOptions first.",
    );
  }
}

export const certificateTypes: readonly ResourceType[] = [certificate, validation];
