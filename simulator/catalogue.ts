/** The providers that the simulated cloud is made of, and what they model. */
import type * as Aws from "./aws";
import type { Family } from "./engine/resourceType";
import type * as Kubernetes from "./kubernetes";
import type * as Random from "./random";

export const providerNames = ["aws", "kubernetes", "random"] as const;
export type ProviderName = (typeof providerNames)[number];

/** One provider; the others are not even loaded. */
export function familyOf(name: ProviderName): Family {
  // A process serves one provider, and starts in a fraction of a second.
  /* eslint-disable @typescript-eslint/no-require-imports */
  switch (name) {
    case "aws":
      return (require("./aws") as typeof Aws).awsFamily;
    case "kubernetes":
      return (require("./kubernetes") as typeof Kubernetes).kubernetesFamily;
    case "random":
      return (require("./random") as typeof Random).randomFamily;
  }
  /* eslint-enable @typescript-eslint/no-require-imports */
}

export interface ModelledType {
  readonly provider: ProviderName;
  readonly token: string;
  /** What objects stand on, and what refuses their deletion, for the documentation. */
  readonly refersTo: readonly string[];
}

/** Every resource type that the simulated cloud models, sorted by token. */
export function modelledTypes(): readonly ModelledType[] {
  return providerNames
    .flatMap((provider) =>
      familyOf(provider).types.map(({ token, references = [] }) => ({
        provider,
        token,
        refersTo: [...new Set(references.flatMap(({ to }) => to))].sort(),
      })),
    )
    .sort((left, right) => (left.token < right.token ? -1 : 1));
}

export function tokensOf(provider: ProviderName): readonly string[] {
  return familyOf(provider).types.map(({ token }) => token);
}
