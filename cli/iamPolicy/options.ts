import type { BackendAccess } from "../../drift/permissions/backendReads";
import type { ProgramOptions } from "../input/programOptions";

export interface IamPolicyOptions extends ProgramOptions {
  /** File of the policy; of several, with a number before its ending. @default standard output */
  readonly output?: string;
  /** True for the policy of the types that are known, where others are in the stack. */
  readonly allowMissing: boolean;
  /** True where the role also reads what `duplex drift --live` is given. */
  readonly live: boolean;
  /** The bucket of the state. @default the state is read by other means */
  readonly backend?: BackendAccess["bucket"];
  /** ARN of the key that encrypts the bucket or the secrets of the state. @default none is granted */
  readonly kmsKey?: string;
}
