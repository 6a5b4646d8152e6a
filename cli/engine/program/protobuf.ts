/**
 * The classes of google-protobuf that the SDK's own messages are made of. A copy bundled with us, or another version
 * beside the SDK's, would have classes of its own, and the SDK's stubs refuse foreign instances.
 */
import { createRequire } from "node:module";
import type * as emptyTypes from "google-protobuf/google/protobuf/empty_pb";
import type * as structTypes from "google-protobuf/google/protobuf/struct_pb";

const load = createRequire(require.resolve("@pulumi/pulumi/proto/resource_pb"));

const emptyModule = load("google-protobuf/google/protobuf/empty_pb") as typeof emptyTypes;
const structModule = load("google-protobuf/google/protobuf/struct_pb") as typeof structTypes;

export const { Empty } = emptyModule;
export const { Struct } = structModule;
