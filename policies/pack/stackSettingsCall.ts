import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { settingsOfStack } from "../stackSettings";

/**
 * Listens for the call by which the engine tells a pack its stack's configuration. The policy SDK answers that call and
 * keeps no more of it than the stack's tags, so the request is read on its way in.
 *
 * @returns the settings of the stack that was told last
 */
export function listenForStackSettings(): () => unknown {
  let config: ReadonlyMap<string, string> = new Map();
  const { configureStack } = AnalyzerService;
  const deserialize = configureStack.requestDeserialize;
  configureStack.requestDeserialize = (bytes) => {
    const request = deserialize(bytes);
    config = new Map(request.getConfigMap().toArray());
    return request;
  };
  return () => settingsOfStack(config);
}
