import type { Tier } from "../../model";
import type { FailOn } from "../../report/check/report";
import type { ProgramOptions } from "../input/programOptions";
import type { AnswerOptions } from "../output/answerOptions";
import type { ClusterPlaces } from "./clusterPlace";
import type { Allowed } from "./exitCode";

/** What is judged, and by which settings. */
export interface InputOptions extends ProgramOptions {
  /** Configuration of the stack, of which an export holds nothing. */
  readonly stackConfig?: string;
  /** Files of further stacks, which this one refers to or that refer to it. */
  readonly with: readonly string[];
  readonly sites?: string;
  /** Sites by cluster, over those of the configuration. */
  readonly cluster: ClusterPlaces;
  readonly config?: string;
  /** File of the findings that were there before. @default none is known */
  readonly baseline?: string;
  /** Folders of rules of one's own. */
  readonly rules: readonly string[];
  /** Tier of what says none, over the settings'. */
  readonly tier?: Tier;
  /** Kubeconfig of live clusters. @default what `path` names is judged */
  readonly kubeconfig?: string;
  readonly context: readonly string[];
}

/** What a stack is compared with. */
export interface BaseOptions {
  /** A path as PATH is one, `git:REF`. @default nothing */
  readonly base?: string;
  /** @default `new` beside a base, else `any` */
  readonly failOn?: FailOn;
}

export interface CheckOptions extends InputOptions, BaseOptions, AnswerOptions, Allowed {
  /** True where nothing is folded. */
  readonly all: boolean;
}
