import type { ProgramOptions } from "../input/programOptions";

export interface ClusterRoleOptions extends ProgramOptions {
  /** @default standard output */
  readonly output?: string;
  /** What the role is called in the cluster. */
  readonly name: string;
  /** True where releases of Helm may be left out. */
  readonly allowMissing: boolean;
  /** True where the role also lists what `duplex drift --live` is given. */
  readonly live: boolean;
}
