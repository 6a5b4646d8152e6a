/** Services, ingresses, the Gateway API. */
import type { ReaderFamily } from "../../reader";
import { gatewayRoutes, gateways } from "./gateway";
import { ingresses, services } from "./network";

export const networkFamily: ReaderFamily = {
  title: "Kubernetes: ways in",
  readers: [gatewayRoutes, gateways, ingresses, services],
};
