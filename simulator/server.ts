/** The provider protocol (gRPC service `pulumirpc.ResourceProvider`) in front of a `SimulatedProvider`. */
import {
  Server,
  ServerCredentials,
  status,
  type handleUnaryCall,
  type ServerUnaryCall,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Refusal, type InputFailure } from "./errors";
import { changesOf, type Change } from "./engine/diff";
import type { SimulatedProvider } from "./engine/provider";
import type { Family } from "./engine/resourceType";
import { pathText, unwrap, type Properties, type Value } from "./engine/values";
import { pulumiSchema } from "./schema/pulumiSchema";

export interface RunningServer {
  readonly port: number;
  /** Ends what is under way, takes nothing new. */
  stop(): Promise<void>;
}

/** Listens on a free port of the loopback device. */
export async function serve(provider: SimulatedProvider, family: Family, onCancel: () => void): Promise<RunningServer> {
  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(ResourceProviderService, handlers(provider, family, onCancel));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return {
    port,
    stop: () => new Promise((resolve) => server.tryShutdown(() => resolve())),
  };
}

function handlers(provider: SimulatedProvider, family: Family, onCancel: () => void): UntypedServiceImplementation {
  return {
    ...pluginHandlers(family, onCancel),
    ...configurationHandlers(provider, family),
    ...resourceHandlers(provider),
  };
}

/** What the engine asks of the plugin itself. */
function pluginHandlers(family: Family, onCancel: () => void): UntypedServiceImplementation {
  return {
    handshake: unary(() =>
      new rpc.ProviderHandshakeResponse()
        .setAcceptSecrets(true)
        .setAcceptResources(false)
        .setAcceptOutputs(false)
        .setSupportsAutonamingConfiguration(false),
    ),
    getPluginInfo: unary(() => new PluginInfo().setVersion(family.version)),
    attach: unary(() => new Empty()),
    cancel: unary(() => {
      onCancel();
      return new Empty();
    }),
    getSchema: unary(() =>
      new rpc.GetSchemaResponse().setSchema(pulumiSchema(family.name, family.version, family.schema())),
    ),
    getMapping: unary(() => new rpc.GetMappingResponse()),
    getMappings: unary(() => new rpc.GetMappingsResponse()),
  };
}

function configurationHandlers(provider: SimulatedProvider, family: Family): UntypedServiceImplementation {
  return {
    checkConfig: unary((call: rpc.CheckRequest) => {
      const config = read(call.getNews()) ?? {};
      return checkResponse(config, provider.checkConfig(config));
    }),
    diffConfig: unary((call: rpc.DiffRequest) => configDifference(family, call)),
    configure: unary((call: rpc.ConfigureRequest) => {
      provider.configure(configOf(call));
      return new rpc.ConfigureResponse()
        .setAcceptsecrets(true)
        .setSupportspreview(true)
        .setAcceptresources(false)
        .setAcceptoutputs(false)
        .setSupportsAutonamingConfiguration(false);
    }),
  };
}

function resourceHandlers(provider: SimulatedProvider): UntypedServiceImplementation {
  return {
    check: unary((call: rpc.CheckRequest) => {
      const { inputs, failures } = provider.check(call.getUrn(), read(call.getOlds()), read(call.getNews()) ?? {});
      return checkResponse(inputs, failures);
    }),
    diff: unary((call: rpc.DiffRequest) => {
      const olds = { inputs: read(call.getOldInputs()), state: read(call.getOlds()) ?? {} };
      const { changes, deleteBeforeReplace } = provider.diff(
        call.getUrn(),
        call.getId(),
        olds,
        read(call.getNews()) ?? {},
      );
      return diffResponse(changes, deleteBeforeReplace);
    }),
    create: unary(async (call: rpc.CreateRequest) => {
      const made = await provider.create(call.getUrn(), read(call.getProperties()) ?? {}, call.getPreview());
      return new rpc.CreateResponse().setId(made.id).setProperties(write(made.state));
    }),
    read: unary(async (call: rpc.ReadRequest) => {
      const found = await provider.read(
        call.getUrn(),
        call.getId(),
        read(call.getProperties()) ?? {},
        read(call.getInputs()) ?? {},
      );
      if (!found) return new rpc.ReadResponse();
      return new rpc.ReadResponse().setId(found.id).setProperties(write(found.state)).setInputs(write(found.inputs));
    }),
    update: unary(async (call: rpc.UpdateRequest) => {
      const { state } = await provider.update(
        call.getUrn(),
        call.getId(),
        read(call.getOlds()) ?? {},
        read(call.getNews()) ?? {},
        call.getPreview(),
      );
      return new rpc.UpdateResponse().setProperties(write(state));
    }),
    delete: unary(async (call: rpc.DeleteRequest) => {
      await provider.delete(call.getUrn(), call.getId(), read(call.getProperties()) ?? {});
      return new Empty();
    }),
    invoke: unary((call: rpc.InvokeRequest) =>
      new rpc.InvokeResponse().setReturn(write(provider.invoke(call.getTok(), read(call.getArgs()) ?? {}))),
    ),
  };
}

/**
 * Answers with what the handler returns; a refusal is told without a stack trace, anything else is our bug and keeps
 * it.
 */
function unary<Request, Response>(
  handler: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call: ServerUnaryCall<Request, Response>, callback) => {
    // Not UNAVAILABLE or UNIMPLEMENTED, by which the engine would think the plugin itself gone or too old.
    const fail = (error: unknown): void => {
      const message =
        error instanceof Refusal
          ? error.message
          : error instanceof Error
            ? (error.stack ?? error.message)
            : String(error);
      callback({ code: status.UNKNOWN, details: message });
    };
    try {
      Promise.resolve(handler(call.request)).then((response) => callback(null, response), fail);
    } catch (error) {
      fail(error);
    }
  };
}

function read(struct: Struct | undefined): Properties | undefined {
  return struct?.toJavaScript();
}

function write(properties: Properties): Struct {
  return Struct.fromJavaScript(properties);
}

/** Settings come in `args`; the older map of variables has the same under `<provider>:config:<name>`. */
function configOf(call: rpc.ConfigureRequest): Properties {
  const config: Record<string, Value> = {};
  call.getVariablesMap().forEach((value: string, key: string) => {
    config[key.slice(key.lastIndexOf(":") + 1)] = value;
  });
  return { ...config, ...read(call.getArgs()) };
}

function checkResponse(inputs: Properties, failures: readonly InputFailure[]): rpc.CheckResponse {
  return new rpc.CheckResponse()
    .setInputs(write(inputs))
    .setFailuresList(
      failures.map(({ property, reason }) => new rpc.CheckFailure().setProperty(property).setReason(reason)),
    );
}

const { Kind } = rpc.PropertyDiff;

function diffResponse(changes: readonly Change[], deleteBeforeReplace: boolean): rpc.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = rpc.DiffResponse.DiffChanges;
  const response = new rpc.DiffResponse()
    .setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDiffsList(topLevel(changes))
    .setReplacesList(topLevel(changes.filter((change) => change.replaces)))
    .setDeletebeforereplace(deleteBeforeReplace)
    .setHasdetaileddiff(true);
  for (const { path, kind, replaces } of changes) {
    response
      .getDetaileddiffMap()
      .set(pathText(path), new rpc.PropertyDiff().setKind(kindOf(kind, replaces)).setInputdiff(true));
  }
  return response;
}

function topLevel(changes: readonly Change[]): string[] {
  return [...new Set(changes.map(({ path }) => String(path[0])))];
}

function kindOf(kind: Change["kind"], replaces: boolean): rpc.PropertyDiff.Kind {
  switch (kind) {
    case "add":
      return replaces ? Kind.ADD_REPLACE : Kind.ADD;
    case "delete":
      return replaces ? Kind.DELETE_REPLACE : Kind.DELETE;
    case "update":
      return replaces ? Kind.UPDATE_REPLACE : Kind.UPDATE;
  }
}

/** A change of the cluster is another provider; a change of the default region is told by each resource itself. */
function configDifference(family: Family, call: rpc.DiffRequest): rpc.DiffResponse {
  const before = unwrap(read(call.getOldInputs()) ?? read(call.getOlds())).properties;
  const after = unwrap(read(call.getNews())).properties;
  const nothing = { token: "", placeOf: () => undefined, id: () => "", state: () => ({}) };
  return diffResponse(changesOf({ ...nothing, replaceOn: family.replaceConfigOn }, before, after, new Set()), false);
}
