import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { listenForStackSettings } from "../../../policies/pack/stackSettingsCall";

test("the stack's settings are read from the engine's call, which still reaches the SDK whole", () => {
  const settings = listenForStackSettings();
  expect(settings()).toBeUndefined();
  const request = new AnalyzerStackConfigureRequest();
  request.setStack("dev");
  request.getConfigMap().set("duplex:policies", '{"single-region":"advisory"}');
  const received = AnalyzerService.configureStack.requestDeserialize(Buffer.from(request.serializeBinary()));
  expect(received.getStack()).toBe("dev");
  expect(settings()).toEqual({ "single-region": "advisory" });
});
