/** The engine's side of a program's run: the resource monitor and the engine service, on the loopback interface. */
import * as grpc from "@grpc/grpc-js";
import type { Empty as EmptyMessage } from "google-protobuf/google/protobuf/empty_pb";
import { EngineService, type IEngineServer } from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as engine from "@pulumi/pulumi/proto/engine_pb";
import type * as provider from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorService, type IResourceMonitorServer } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/resource_pb";
import type { Mistake } from "../../../model/errors";
import { by } from "../../../lib/order";
import { answerInvoke } from "./invokes";
import type { PluginComponent } from "./pluginComponents";
import { useTheEngine } from "./project";
import { Empty } from "./protobuf";
import { DuplicateUrnError, type RecordedResource, type Recorder } from "./recorder";
import { fromStruct, isWireObject, knownText, toStruct, type WireObject } from "./wire";

export interface Monitor {
  /** `127.0.0.1:<port>` of both services. */
  readonly address: string;
  /** Messages that the SDK logged as errors: what the engine would show the user. */
  readonly errors: readonly string[];
  /** What could not be answered here, and what to do instead. */
  readonly mistakes: readonly Mistake[];
  /** Functions that were answered without the cloud, sorted. */
  standIns(): readonly string[];
  /** Functions of which only the cloud knows the answer, sorted. */
  unanswered(): readonly string[];
  /** Components that are built inside a provider plugin, sorted by URN. */
  components(): readonly PluginComponent[];
  /** Stops both services at once. */
  stop(): void;
}

/** Largest message, as the SDK and the engine have it. */
const largestMessageBytes = 400 * 1024 * 1024;

/** What the SDK may use. Not among them: transforms, which take the engine's own callbacks. */
const features: Readonly<Record<string, messages.ResourceMonitorFeature>> = {
  secrets: messages.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_SECRETS,
  resourceReferences: messages.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
  aliasSpecs: messages.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
  deletedWith: messages.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
  replaceWith: messages.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_REPLACE_WITH,
  parameterization: messages.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_PARAMETERIZATION,
  resourceHooks: messages.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS,
  errorHooks: messages.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_ERROR_HOOKS,
};

type Handler<Request, Reply> = (call: { readonly request: Request }) => Reply;

/** A refusal that the program gets as its error and the user as a mistake. */
class Refusal extends Error {
  constructor(readonly mistake: Mistake) {
    super(`${mistake.message} ${mistake.fix} [${mistake.code}]`);
  }
}

/** Makes a unary handler of a function; what it throws goes to the program, whose SDK shows it. */
function unary<Request, Reply>(
  handle: Handler<Request, Reply>,
  mistakes: Mistake[],
): grpc.handleUnaryCall<Request, Reply> {
  return (call, callback) => {
    try {
      callback(null, handle(call));
    } catch (error) {
      if (error instanceof Refusal) mistakes.push(error.mistake);
      if (error instanceof DuplicateUrnError) {
        mistakes.push({ code: "DPX029", message: error.message, fix: "Give one of the two resources another name." });
      }
      const details = error instanceof Error ? error.message : String(error);
      callback({ code: grpc.status.INVALID_ARGUMENT, details });
    }
  };
}

/** Starts both services for one run. */
export async function startMonitor(recorder: Recorder): Promise<Monitor> {
  const errors: string[] = [];
  const mistakes: Mistake[] = [];
  const functions: AskedFunctions = { standIns: new Set(), unanswered: new Set(), components: [] };
  const server = new grpc.Server({
    "grpc.max_receive_message_length": largestMessageBytes,
    "grpc.max_send_message_length": largestMessageBytes,
  });
  server.addService(ResourceMonitorService, monitorServer(recorder, functions, mistakes));
  server.addService(EngineService, engineServer(errors, mistakes));
  const port = await new Promise<number>((resolve, reject) => {
    const credentials = grpc.ServerCredentials.createInsecure();
    server.bindAsync("127.0.0.1:0", credentials, (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  return {
    address: `127.0.0.1:${port}`,
    errors,
    mistakes,
    standIns: () => [...functions.standIns].sort(),
    unanswered: () => [...functions.unanswered].sort(),
    components: () => [...functions.components].sort(by(({ urn }) => urn)),
    stop: () => server.forceShutdown(),
  };
}

/** Tokens of the functions that the program has called, and the components that only a plugin can build. */
interface AskedFunctions {
  readonly standIns: Set<string>;
  readonly unanswered: Set<string>;
  readonly components: PluginComponent[];
}

function monitorServer(recorder: Recorder, functions: AskedFunctions, mistakes: Mistake[]): IResourceMonitorServer {
  const empty = () => new Empty();
  const refused = (message: string): never => {
    throw new Refusal({ code: "DPX028", message, fix: useTheEngine });
  };
  return {
    getDeploymentInfo: unary(
      () => new messages.DeploymentInfo().setDryrun(true).setSupportedfeaturesList(Object.values(features)),
      mistakes,
    ),
    supportsFeature: unary(
      ({ request }) => new messages.SupportsFeatureResponse().setHassupport(Object.hasOwn(features, request.getId())),
      mistakes,
    ),
    invoke: unary(({ request }) => invoke(request, recorder, functions), mistakes),
    call: unary(
      ({ request }): provider.CallResponse =>
        refused(`The method ${request.getTok()} runs inside a provider; without an engine it has no answer.`),
      mistakes,
    ),
    readResource: unary(({ request }) => readResource(request, recorder), mistakes),
    existsResource: unary(
      ({ request }): messages.ExistsResourceResponse =>
        refused(`Whether ${request.getType()} "${request.getId()}" exists is known to the cloud alone.`),
      mistakes,
    ),
    registerResource: unary(({ request }) => {
      const answer = registerResource(request, recorder);
      if (request.getRemote()) functions.components.push({ urn: answer.getUrn(), type: request.getType() });
      return answer;
    }, mistakes),
    registerResourceOutputs: unary(({ request }) => {
      recorder.publish(request.getUrn(), fromStruct(request.getOutputs()));
      return new Empty();
    }, mistakes),
    registerStackTransform: unary((): EmptyMessage => refused("Stack transforms are run by the engine."), mistakes),
    registerStackInvokeTransform: unary(
      (): EmptyMessage => refused("Invoke transforms are run by the engine."),
      mistakes,
    ),
    registerResourceHook: unary(empty, mistakes),
    registerErrorHook: unary(empty, mistakes),
    registerPackage: unary(
      ({ request }) =>
        new messages.RegisterPackageResponse().setRef(`${request.getName()}@${request.getVersion() || "any"}`),
      mistakes,
    ),
    signalAndWaitForShutdown: unary(empty, mistakes),
  };
}

function registerResource(
  request: messages.RegisterResourceRequest,
  recorder: Recorder,
): messages.RegisterResourceResponse {
  const propertyDependencies: Record<string, string[]> = {};
  request.getPropertydependenciesMap().forEach((dependencies, key) => {
    propertyDependencies[key] = dependencies.getUrnsList().sort();
  });
  const inputs = fromStruct(request.getObject());
  const registration = recorder.register({
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    parent: request.getParent(),
    provider: request.getProvider(),
    id: request.getImportid(),
    version: request.getVersion(),
    downloadUrl: request.getPlugindownloadurl(),
    inputs,
    dependencies: request.getDependenciesList(),
    propertyDependencies,
  });
  const answer = answerFor(request, registration, inputs, recorder);
  return new messages.RegisterResourceResponse()
    .setUrn(registration.urn)
    .setId(registration.id ?? "")
    .setObject(toStruct(answer));
}

/** What is built inside of a plugin has no outputs yet: the SDK takes each of them for not known. */
function answerFor(
  request: messages.RegisterResourceRequest,
  { custom, outputs, provider }: RecordedResource,
  inputs: WireObject,
  recorder: Recorder,
): WireObject {
  if (request.getRemote()) return {};
  return custom ? withRegion(outputs, provider, recorder) : inputs;
}

/**
 * AWS resources without a region of their own report their provider's in a preview (AWS provider 7); other packages'
 * resources have no such output, and the SDK drops what a class does not declare.
 */
function withRegion(outputs: WireObject, reference: string | undefined, recorder: Recorder): WireObject {
  if (reference === undefined || !reference.includes("::pulumi:providers:aws::") || "region" in outputs) return outputs;
  const region = recorder.regionOf(reference);
  return region === undefined ? outputs : { ...outputs, region };
}

function readResource(request: messages.ReadResourceRequest, recorder: Recorder): messages.ReadResourceResponse {
  const registration = recorder.register({
    type: request.getType(),
    name: request.getName(),
    custom: true,
    parent: request.getParent(),
    provider: request.getProvider(),
    id: knownText(request.getId()) ?? "",
    version: request.getVersion(),
    downloadUrl: request.getPlugindownloadurl(),
    inputs: fromStruct(request.getProperties()),
    dependencies: request.getDependenciesList(),
    propertyDependencies: {},
  });
  return new messages.ReadResourceResponse().setUrn(registration.urn).setProperties(toStruct(registration.outputs));
}

function invoke(
  request: messages.ResourceInvokeRequest,
  recorder: Recorder,
  { standIns, unanswered }: AskedFunctions,
): messages.ResourceInvokeResponse {
  const token = request.getTok();
  const args = fromStruct(request.getArgs());
  if (token === "pulumi:pulumi:getResource") return reply(resourceState(args, recorder));
  const answer = answerInvoke(token, args, { region: recorder.regionOf(request.getProvider()) });
  if (isWireObject(answer)) {
    standIns.add(token);
    return reply(answer);
  }
  if (answer !== undefined) {
    throw new Refusal({ code: "DPX027", message: answer, fix: "Set it, then check again." });
  }
  // As the engine answers a function whose arguments are not known yet.
  unanswered.add(token);
  return new messages.ResourceInvokeResponse().setUnknown(true);
}

function resourceState(args: WireObject, recorder: Recorder): WireObject {
  const urn = knownText(args["urn"]) ?? "";
  const registration = recorder.get(urn);
  if (!registration) {
    throw new Refusal({ code: "DPX027", message: `No resource has the URN "${urn}".`, fix: "Correct the reference." });
  }
  return { urn, id: registration.id ?? "", state: registration.outputs };
}

function reply(result: WireObject): messages.ResourceInvokeResponse {
  return new messages.ResourceInvokeResponse().setReturn(toStruct(result));
}

function engineServer(errors: string[], mistakes: Mistake[]): IEngineServer {
  let root = "";
  return {
    log: unary(({ request }) => {
      if (request.getSeverity() === engine.LogSeverity.ERROR) errors.push(request.getMessage());
      return new Empty();
    }, mistakes),
    getRootResource: unary(() => new engine.GetRootResourceResponse().setUrn(root), mistakes),
    setRootResource: unary(({ request }) => {
      root = request.getUrn();
      return new engine.SetRootResourceResponse();
    }, mistakes),
    startDebugging: unary(() => new Empty(), mistakes),
    requirePulumiVersion: unary(() => new engine.RequirePulumiVersionResponse(), mistakes),
  };
}
