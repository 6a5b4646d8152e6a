/** What reads the state itself, where it is kept in a bucket. */
import type { Statement } from "./policyDocument";

export interface BackendAccess {
  /** Undefined where the state is kept elsewhere. */
  readonly bucket?: { readonly name: string; readonly prefix: string };
  /** ARN of the key of KMS by which the bucket, or the secrets of the state, are encrypted. @default none is granted */
  readonly kmsKey?: string;
}

/** A bucket's name, by Amazon S3 User Guide, "General purpose bucket naming rules". */
const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** The bucket of `s3://BUCKET[/PREFIX][?…]`, as PULUMI_BACKEND_URL names it; undefined for anything else. */
export function bucketOf(url: string): BackendAccess["bucket"] {
  const [, name = "", path = "", query = ""] = /^s3:\/\/([^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/.exec(url) ?? [];
  if (!bucketName.test(name)) return undefined;
  const folder = path.replace(/^\/+|\/+$/g, "");
  const before = new URLSearchParams(query).get("prefix") ?? "";
  return { name, prefix: `${before}${folder === "" ? "" : `${folder}/`}` };
}

/**
 * A key, and no alias: a policy grants nothing by an alias (AWS KMS Developer Guide, "Controlling access to your KMS
 * keys").
 */
export function isKeyArn(text: string): boolean {
  return /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/.test(text);
}

/** Statements by which the engine lists stacks and reads their states; it writes nothing, and takes no lock. */
export function backendStatements({ bucket, kmsKey }: BackendAccess): readonly Statement[] {
  const ofBucket: readonly Statement[] =
    bucket === undefined
      ? []
      : [
          { Sid: "BackendList", Effect: "Allow", Action: ["s3:ListBucket"], Resource: [`arn:aws:s3:::${bucket.name}`] },
          {
            Sid: "BackendRead",
            Effect: "Allow",
            Action: ["s3:GetObject"],
            Resource: [`arn:aws:s3:::${bucket.name}/${bucket.prefix}.pulumi/*`],
          },
        ];
  if (kmsKey === undefined) return ofBucket;
  return [...ofBucket, { Sid: "BackendDecrypt", Effect: "Allow", Action: ["kms:Decrypt"], Resource: [kmsKey] }];
}
