import type { ProgramOptions } from "../input/programOptions";

/** Here rather than beside what writes them: help and mistakes of usage need not load YAML. */
export const manifestFormats = ["yaml", "json"] as const;
export type ManifestFormat = (typeof manifestFormats)[number];

export interface ManifestsOptions extends ProgramOptions {
  /** Folder, or `-` for standard output. */
  readonly output: string;
  readonly format: ManifestFormat;
  /** Cluster or site. @default all */
  readonly cluster?: string;
  /** File for the sites that the program declares. @default they are not written */
  readonly writeSites?: string;
}
