import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { settingsOfStack } from "../stackSettings";

/**
 * Listens for the call by which the engine tells a pack its stack's configuration. The policy SDK answers that call and
 * keeps no more of it than the stack's tags, so the request is read on its way in.
 *
 * @param told is given the settings before the engine asks for the pack's policies. @default nobody is told
 * @returns the settings of the stack that was told last
 */
export function listenForStackSettings(told: (settings: unknown) => void = () => undefined): () => unknown {
  let config: ReadonlyMap<string, string> = new Map();
  const { configureStack } = AnalyzerService;
  const deserialize = configureStack.requestDeserialize;
  configureStack.requestDeserialize = (bytes) => {
    const request = deserialize(bytes);
    config = new Map(request.getConfigMap().toArray());
    told(settingsOfStack(config));
    return request;
  };
  return () => settingsOfStack(config);
}
