import type { ProgramOptions } from "../input/programOptions";
import type { AnswerOptions } from "../output/answerOptions";
import type { ClusterPlaces } from "./clusterPlace";

export interface CheckOptions extends ProgramOptions, AnswerOptions {
  readonly allowAdvice: boolean;
  /** Files of further stacks, which this one refers to or that refer to it. */
  readonly with: readonly string[];
  readonly sites?: string;
  /** Sites by cluster, over those of the configuration. */
  readonly cluster: ClusterPlaces;
  readonly config?: string;
  /** Kubeconfig of live clusters. @default what `path` names is judged */
  readonly kubeconfig?: string;
  readonly context: readonly string[];
}
