/** Runs policies as the engine does: a protocol request into the policy SDK's own server function. */
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import {
  AnalyzerPropertyDependencies,
  AnalyzerProviderResource,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzeRequest,
  AnalyzeStackRequest,
  type AnalyzeDiagnostic,
  type AnalyzeResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { StackValidationPolicy } from "@pulumi/policy";

/** What the engine sends for a string that a preview does not know yet. */
export const unknownString = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export interface SentResource {
  readonly type: string;
  readonly name: string;
  readonly parent?: string;
  readonly provider?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  /** @default made of type and name */
  readonly urn?: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

export function urnOf({ type, name, urn }: Pick<SentResource, "type" | "name" | "urn">): string {
  return urn ?? `urn:pulumi:dev::shop::${type}::${name}`;
}

interface SdkServer {
  readonly makeAnalyzeRpcFun: ResourceCall;
  readonly makeRemediateRpcFun: ResourceCall;
  makeAnalyzeStackRpcFun(
    pack: string,
    version: string,
    level: string,
    policies: readonly StackValidationPolicy[],
  ): (call: { request: AnalyzeStackRequest }, done: (error: Error | null, response?: AnalyzeResponse) => void) => void;
}

type ResourceCall = (
  pack: string,
  version: string,
  level: string,
  policies: readonly StackValidationPolicy[],
) => (
  call: { request: AnalyzeRequest },
  done: (error: Error | null, response?: { toObject(): unknown }) => void,
) => void;

/** The SDK's server module, of which no types are published. */
const server = jest.requireActual<SdkServer>("@pulumi/policy/server");

export interface Reported {
  readonly policy: string;
  readonly level: "advisory" | "mandatory" | "other";
  readonly message: string;
  readonly urn: string;
}

/** Sends one stack to the policies and gives what they report. */
export function analyze(
  policies: readonly StackValidationPolicy[],
  resources: readonly SentResource[],
): Promise<readonly Reported[]> {
  const sent = new AnalyzeStackRequest();
  sent.setResourcesList(resources.map((resource) => toProtocol(resource, resources)));
  // Over the wire and back, as the server's own definition of the call reads it.
  const request = AnalyzerService.analyzeStack.requestDeserialize(Buffer.from(sent.serializeBinary()));
  const run = server.makeAnalyzeStackRpcFun("duplex", "0.1.0", "mandatory", policies);
  return new Promise((resolve, reject) => {
    run({ request }, (error, response) => {
      if (error || !response) reject(error ?? new Error("No response."));
      else resolve(response.getDiagnosticsList().map(toReported));
    });
  });
}

/** Asks about one resource alone, as the engine does before it makes it, and gives the answer's content. */
export function askAlone(
  call: "analyze" | "remediate",
  policies: readonly StackValidationPolicy[],
  resource: SentResource,
): Promise<unknown> {
  const sent = new AnalyzeRequest();
  sent.setType(resource.type);
  sent.setUrn(urnOf(resource));
  sent.setProperties(structOf(resource));
  sent.setOptions(new AnalyzerResourceOptions());
  const request = AnalyzerService[call].requestDeserialize(Buffer.from(sent.serializeBinary()));
  const make = call === "analyze" ? server.makeAnalyzeRpcFun : server.makeRemediateRpcFun;
  return new Promise((resolve, reject) => {
    make(
      "duplex",
      "0.1.0",
      "mandatory",
      policies,
    )({ request }, (error, response) => {
      if (error || !response) reject(error ?? new Error("No response."));
      else resolve(response.toObject());
    });
  });
}

function toProtocol(resource: SentResource, all: readonly SentResource[]): AnalyzerResource {
  const sent = new AnalyzerResource();
  sent.setType(resource.type);
  sent.setName(resource.name);
  sent.setUrn(urnOf(resource));
  sent.setProperties(structOf(resource));
  const options = new AnalyzerResourceOptions();
  if (resource.parent) {
    options.setParent(resource.parent);
    sent.setParent(resource.parent);
  }
  sent.setOptions(options);
  sent.setDependenciesList([...(resource.dependencies ?? [])]);
  for (const [property, urns] of Object.entries(resource.propertyDependencies ?? {})) {
    sent.getPropertydependenciesMap().set(property, new AnalyzerPropertyDependencies().setUrnsList([...urns]));
  }
  const provider = all.find((other) => urnOf(other) === resource.provider);
  if (provider) {
    const message = new AnalyzerProviderResource();
    message.setType(provider.type);
    message.setName(provider.name);
    message.setUrn(urnOf(provider));
    message.setProperties(structOf(provider));
    sent.setProvider(message);
  }
  return sent;
}

function structOf({ properties = {} }: SentResource): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)) as Parameters<typeof Struct.fromJavaScript>[0]);
}

function toReported(diagnostic: AnalyzeDiagnostic): Reported {
  const levels: readonly Reported["level"][] = ["advisory", "mandatory"];
  return {
    policy: diagnostic.getPolicyname(),
    level: levels[diagnostic.getEnforcementlevel()] ?? "other",
    message: diagnostic.getMessage(),
    urn: diagnostic.getUrn(),
  };
}
