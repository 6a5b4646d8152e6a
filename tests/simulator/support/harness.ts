/** A provider of the simulated cloud behind a real gRPC server on the loopback device, and its client. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { familyOf, type ProviderName } from "../../../simulator/catalogue";
import { openCloud, type Cloud } from "../../../simulator/control";
import { SimulatedProvider } from "../../../simulator/engine/provider";
import type { Properties } from "../../../simulator/engine/values";
import { serve } from "../../../simulator/server";
import { Store } from "../../../simulator/store/store";

export type Json = Properties;

/** What a region and a cluster are called in these tests. */
const configurations: Readonly<Record<ProviderName, Properties>> = {
  aws: { region: "ap-northeast-2" },
  kubernetes: { context: "pangyo" },
  random: {},
};

export interface Answer {
  readonly id: string;
  readonly state: Json;
}

export interface Harness {
  readonly cloud: Cloud;
  /** Milliseconds that calls have waited, without waiting. */
  readonly waited: number[];
  check(urn: string, news: Json, olds?: Json): Promise<{ readonly inputs: Json; readonly failures: readonly string[] }>;
  preview(urn: string, inputs: Json): Promise<Json>;
  create(urn: string, inputs: Json): Promise<Answer>;
  diff(urn: string, id: string, state: Json, oldInputs: Json, news: Json): Promise<rpc.DiffResponse.AsObject>;
  read(urn: string, id: string, state?: Json, inputs?: Json): Promise<(Answer & { readonly inputs: Json }) | undefined>;
  update(urn: string, id: string, state: Json, news: Json, preview?: boolean): Promise<Json>;
  delete(urn: string, id: string, state: Json): Promise<void>;
  invoke(token: string, args: Json): Promise<Json>;
  client: ResourceProviderClient;
  stop(): Promise<void>;
}

export interface HarnessOptions {
  readonly folder?: string;
  readonly config?: Properties;
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "duplex-cloud-"));
}

/** Starts a provider over a store of its own, or over a shared one. */
export async function startProvider(name: ProviderName, options: HarnessOptions = {}): Promise<Harness> {
  const folder = options.folder ?? temporaryFolder();
  const store = new Store(folder);
  const cloud = openCloud(folder);
  const waited: number[] = [];
  const family = familyOf(name);
  const surroundings = {
    now: () => new Date("2026-01-02T03:04:05.678Z"),
    sleep: (milliseconds: number) => {
      waited.push(milliseconds);
      return Promise.resolve();
    },
  };
  const server = await serve(new SimulatedProvider(family, store, surroundings), family, () => undefined);
  const client = new ResourceProviderClient(`127.0.0.1:${server.port}`, credentials.createInsecure());
  const configure = new rpc.ConfigureRequest().setArgs(struct(options.config ?? configurations[name]));
  await call<rpc.ConfigureResponse>((done) => client.configure(configure, done));
  return {
    ...operations(client),
    cloud,
    waited,
    client,
    stop: async () => {
      client.close();
      await server.stop();
      await cloud.close();
      await store.close();
      if (options.folder === undefined) rmSync(folder, { recursive: true });
    },
  };
}

type Operations = Omit<Harness, "cloud" | "waited" | "client" | "stop">;

function operations(client: ResourceProviderClient): Operations {
  return {
    check: async (urn, news, olds) => {
      const request = new rpc.CheckRequest().setUrn(urn).setNews(struct(news));
      if (olds) request.setOlds(struct(olds));
      const response = await call<rpc.CheckResponse>((done) => client.check(request, done));
      const failures = response.getFailuresList().map((each) => `${each.getProperty()}: ${each.getReason()}`);
      return { inputs: plain(response.getInputs()), failures };
    },
    preview: async (urn, inputs) => {
      const request = new rpc.CreateRequest().setUrn(urn).setProperties(struct(inputs)).setPreview(true);
      return plain((await call<rpc.CreateResponse>((done) => client.create(request, done))).getProperties());
    },
    create: async (urn, inputs) => {
      const request = new rpc.CreateRequest().setUrn(urn).setProperties(struct(inputs));
      const response = await call<rpc.CreateResponse>((done) => client.create(request, done));
      return { id: response.getId(), state: plain(response.getProperties()) };
    },
    diff: async (urn, id, state, oldInputs, news) => {
      const request = new rpc.DiffRequest().setUrn(urn).setId(id).setOlds(struct(state));
      request.setOldInputs(struct(oldInputs)).setNews(struct(news));
      return (await call<rpc.DiffResponse>((done) => client.diff(request, done))).toObject();
    },
    read: async (urn, id, state, inputs) => {
      const request = new rpc.ReadRequest().setUrn(urn).setId(id);
      if (state) request.setProperties(struct(state));
      if (inputs) request.setInputs(struct(inputs));
      const response = await call<rpc.ReadResponse>((done) => client.read(request, done));
      if (response.getId() === "") return undefined;
      return { id: response.getId(), state: plain(response.getProperties()), inputs: plain(response.getInputs()) };
    },
    update: async (urn, id, state, news, preview = false) => {
      const request = new rpc.UpdateRequest().setUrn(urn).setId(id).setOlds(struct(state)).setNews(struct(news));
      const response = await call<rpc.UpdateResponse>((done) => client.update(request.setPreview(preview), done));
      return plain(response.getProperties());
    },
    delete: async (urn, id, state) => {
      const request = new rpc.DeleteRequest().setUrn(urn).setId(id).setProperties(struct(state));
      await call((done) => client.delete(request, done));
    },
    invoke: async (token, args) => {
      const request = new rpc.InvokeRequest().setTok(token).setArgs(struct(args));
      return plain((await call<rpc.InvokeResponse>((done) => client.invoke(request, done))).getReturn());
    },
  };
}

function struct(properties: Json): Struct {
  return Struct.fromJavaScript(properties);
}

function plain(message: Struct | undefined): Json {
  return message?.toJavaScript() ?? {};
}

/** Turns a call with a callback into a promise; a refusal is an `Error` with the server's own text. */
export function call<T>(start: (done: (error: ServiceError | null, response: T) => void) => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, response) => (error ? reject(new Error(error.details)) : resolve(response)));
  });
}

export function urnOf(token: string, name: string): string {
  return `urn:pulumi:test::simulator::${token}::${name}`;
}
