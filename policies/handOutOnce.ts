/**
 * The SDK turns every resource of a stack into objects anew for each policy: with 50 policies that is most of a pack's
 * time. All policies of one request share the reading of the first (desk.ts), so only the first is handed the properties;
 * the others are handed a mark, which the desk refuses to read as a stack without properties.
 *
 * The engine also asks twice about every resource alone, while the program waits; no policy of ours judges a resource
 * alone, so those requests are not even read.
 */
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { AnalyzeRequest, AnalyzerResourceOptions, type AnalyzerResource } from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { handedOutKey } from "./handOut";

/** Makes the SDK's server hand out each resource's properties once per request. */
export function handOutOnce(): void {
  const { analyze, remediate, analyzeStack } = AnalyzerService;
  // The SDK takes a request without options for one of an engine that is too old.
  const nothing = new AnalyzeRequest();
  nothing.setOptions(new AnalyzerResourceOptions());
  nothing.setProperties(new Struct());
  analyze.requestDeserialize = remediate.requestDeserialize = () => nothing;
  const deserialize = analyzeStack.requestDeserialize;
  analyzeStack.requestDeserialize = (bytes) => {
    const request = deserialize(bytes);
    const mark = Struct.fromJavaScript({ [handedOutKey]: true });
    for (const resource of request.getResourcesList()) spend(resource, mark);
    return request;
  };
}

function spend(resource: AnalyzerResource, mark: Struct): void {
  const [properties, provider] = [resource.getProperties(), resource.getProvider()];
  let isFirst = true;
  resource.getProperties = () => (isFirst ? properties : mark);
  // The SDK asks for the provider last.
  resource.getProvider = () => {
    const handed = isFirst ? provider : undefined;
    isFirst = false;
    return handed;
  };
}
