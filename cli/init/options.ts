import { InvalidArgumentError } from "commander";

/** What `duplex init` makes projects of; each has a folder of its name under templates/. */
export const templates = {
  "two-regions": "two regions of AWS, both serving",
  "regions-and-clusters": "two regions of AWS and two buildings of your own with a Kubernetes cluster each",
  clusters: "three buildings of your own with a Kubernetes cluster each; AWS answers for the names alone",
} as const;

export type TemplateName = keyof typeof templates;

export const templateNames = Object.keys(templates) as readonly TemplateName[];

export interface InitOptions {
  readonly template: TemplateName;
  /** Name of the project. @default the folder's name */
  readonly name?: string;
  /** True writes beside files that are there, and leaves those as they are. */
  readonly force: boolean;
  /** True lists the templates and writes nothing. */
  readonly list: boolean;
  /** What npm installs as `duplex`. @default what this copy was installed from, else this copy, packed */
  readonly duplex?: string;
}

/** Part of names of resources and of a domain: a DNS label that leaves room for what is put beside it. */
export const projectNamePattern = /^[a-z]([a-z0-9-]{0,22}[a-z0-9])?$/;

/** @throws InvalidArgumentError where the text cannot be a project's name */
export function projectName(text: string): string {
  if (projectNamePattern.test(text)) return text;
  throw new InvalidArgumentError(
    "It must be lower case letters, digits and hyphens, at most 24, with a letter first and no hyphen last.",
  );
}
