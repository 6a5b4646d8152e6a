import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { EnforcementLevel as Sent } from "@pulumi/pulumi/proto/analyzer_pb";
import type { EnforcementLevel } from "../policy";

/**
 * What the pack declares as the level of its policies. The engine sends every policy's level, the declared one where
 * nobody has set any (`ReconcilePolicyPackConfig` of its `resource/analyzer`).
 */
export const unsetLevel = "remediate";

/**
 * Listens for the call by which the engine tells a pack the levels of its policies. The policy SDK keeps them to
 * itself, so the request is read on its way in.
 *
 * @returns the level of a policy that was told last; undefined where nobody has set one
 */
export function listenForLevels(): (policy: string) => EnforcementLevel | undefined {
  let levels: ReadonlyMap<string, EnforcementLevel> = new Map();
  const { configure } = AnalyzerService;
  const deserialize = configure.requestDeserialize;
  configure.requestDeserialize = (bytes) => {
    const request = deserialize(bytes);
    levels = new Map(
      request
        .getPolicyconfigMap()
        .toArray()
        .flatMap(([policy]) => {
          const level = levelOf(request.getPolicyconfigMap().get(policy)?.getEnforcementlevel());
          return level === undefined ? [] : [[policy, level] as const];
        }),
    );
    return request;
  };
  return (policy) => levels.get(policy);
}

function levelOf(sent: Sent | undefined): EnforcementLevel | undefined {
  switch (sent) {
    case Sent.MANDATORY:
      return "mandatory";
    case Sent.ADVISORY:
      return "advisory";
    case Sent.DISABLED:
      return "disabled";
    case Sent.REMEDIATE:
    case undefined:
      return undefined;
    default:
      return sent satisfies never;
  }
}
