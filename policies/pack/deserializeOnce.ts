/**
 * The SDK turns every resource of a stack into objects anew for each policy: with 50 policies that is most of a pack's
 * time. All policies of one request share the reading of the first (estateCache.ts), so only the first is given the
 * properties; the others are given a mark, which the cache refuses to read as a stack without properties.
 *
 * The engine also asks twice about every resource alone, while the program waits; no policy of ours judges a resource
 * alone, so those requests are not even read.
 */
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { AnalyzeRequest, AnalyzerResourceOptions, type AnalyzerResource } from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { deserializedKey } from "./deserializedKey";

/** Makes the SDK's server deserialize each resource's properties once per request. */
export function deserializeOnce(): void {
  const { analyze, remediate, analyzeStack } = AnalyzerService;
  // The SDK takes a request without options for one of an engine that is too old.
  const nothing = new AnalyzeRequest();
  nothing.setOptions(new AnalyzerResourceOptions());
  nothing.setProperties(new Struct());
  analyze.requestDeserialize = remediate.requestDeserialize = () => nothing;
  const deserialize = analyzeStack.requestDeserialize;
  analyzeStack.requestDeserialize = (bytes) => {
    const request = deserialize(bytes);
    const mark = Struct.fromJavaScript({ [deserializedKey]: true });
    for (const resource of request.getResourcesList()) giveOnce(resource, mark);
    return request;
  };
}

function giveOnce(resource: AnalyzerResource, mark: Struct): void {
  const [properties, provider] = [resource.getProperties(), resource.getProvider()];
  let isFirst = true;
  resource.getProperties = () => (isFirst ? properties : mark);
  // The SDK asks for the provider last.
  resource.getProvider = () => {
    const given = isFirst ? provider : undefined;
    isFirst = false;
    return given;
  };
}
