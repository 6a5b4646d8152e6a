import { InvalidArgumentError, type Command } from "commander";
import { bucketOf, isKeyArn, type BackendAccess } from "../../drift/permissions/backendReads";
import { addProgramOptions } from "../input/programOptions";
import type { Io } from "../io";
import { exitCodes, type Outcome } from "../outcome";
import type { IamPolicyOptions } from "./options";

const purpose =
  "For the role that `duplex drift` and `pulumi refresh --preview-only` read with. " +
  "Services with regions are granted in those of\n" +
  "the stack. What a bucket or a secret holds is granted for the objects of the stack alone, " +
  "and told on standard error.";

const details = `
${purpose}
What reads the state is in it with --backend; see docs/drift.md, "The reader's role".

Exit codes: 0 written, 1 could not be written.

Examples:
  $ pulumi stack export -s prod | duplex iam-policy - > reader.json
  $ duplex iam-policy state.json --output reader.json
  $ duplex iam-policy . -s prod --live --backend s3://states --kms-key arn:aws:kms:REGION:ACCOUNT:key/ID`;

/** Adds `duplex iam-policy PATH`. */
export function addIamPolicy(program: Command, io: Io, outcome: Outcome): void {
  const command = program
    .command("iam-policy")
    .description("write the IAM policy of a role that may read what a stack holds, and nothing else")
    .argument("<path>", "state export, preview, or folder of a project; `-` for standard input")
    .option("-s, --stack <stack>", "stack of the project (default: its only one)")
    .option("-o, --output <file>", "write the policy to a file; several get a number: reader-1.json")
    .option("--allow-missing", "leave out types of which it is not known how they are read", false)
    .option("--live", "grant what `duplex drift --live` is given as well", false)
    .option("--backend <url>", "grant what reads the state too, as PULUMI_BACKEND_URL names it: s3://BUCKET", backend)
    .option("--kms-key <arn>", "key of KMS by which the bucket or the secrets of the state are encrypted", kmsKey);
  addProgramOptions(command)
    .addHelpText("after", details)
    .action(async (path: string, options: IamPolicyOptions) => {
      const { iamPolicy } = await import("./run");
      await iamPolicy(path, options, io);
      outcome.code = exitCodes.survives;
    });
}

function backend(url: string): BackendAccess["bucket"] {
  const bucket = bucketOf(url);
  if (bucket !== undefined) return bucket;
  throw new InvalidArgumentError(
    "It must be s3://BUCKET, with a prefix or not: only a bucket of S3 is read by a role of AWS.",
  );
}

function kmsKey(arn: string): string {
  if (isKeyArn(arn)) return arn;
  throw new InvalidArgumentError(
    "It must be the ARN of a key, arn:aws:kms:REGION:ACCOUNT:key/ID; a policy grants nothing by an alias.",
  );
}
