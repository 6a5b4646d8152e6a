/** The entrance of a cluster by the Gateway API: an address, a certificate for the names, and routes to the pods. */
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { EntranceSpec, Protocol } from "../../estate";

const apiVersion = "gateway.networking.k8s.io/v1";

interface GatewayStatus {
  readonly addresses?: readonly { readonly type?: string; readonly value: string }[];
}

/** A Gateway with its status, which the SDK's general class does not show. */
class Gateway extends k8s.apiextensions.CustomResource {
  declare readonly status: pulumi.Output<GatewayStatus | undefined>;

  constructor(
    name: string,
    args: Omit<k8s.apiextensions.CustomResourceArgs, "apiVersion" | "kind">,
    options: pulumi.CustomResourceOptions,
  ) {
    // An input that is not given is what makes the SDK show the output of that name.
    super(name, { apiVersion, kind: "Gateway", ...args, status: undefined }, options);
  }
}

export interface EntranceArgs {
  readonly entrance: EntranceSpec;
  readonly hosts: readonly string[];
  readonly protocol: Protocol;
  /** Metadata of the service's objects. */
  readonly metadata: {
    readonly name: string;
    readonly namespace: pulumi.Input<string>;
    readonly labels: Record<string, string>;
  };
  readonly annotations: Record<string, string>;
  /** Service that requests go on to. */
  readonly service: pulumi.Input<string>;
  readonly port: number;
}

/** Creates the entrance; the address is the one that the cluster has given it. */
export function createClusterEntrance(
  parent: pulumi.ComponentResource,
  name: string,
  args: EntranceArgs,
): pulumi.Output<string> {
  const { entrance, hosts, protocol, metadata } = args;
  const options = { parent };
  const tls = { mode: "Terminate", certificateRefs: [{ kind: "Secret", name: `${metadata.name}-tls` }] };
  const from = { namespaces: { from: "Same" } };
  const gateway = new Gateway(
    name,
    {
      metadata: {
        ...metadata,
        annotations: {
          ...args.annotations,
          // cert-manager writes the certificate of the listeners' names into the Secret that they refer to.
          "cert-manager.io/cluster-issuer": entrance.issuer,
          "pulumi.com/waitFor": "condition=Programmed",
        },
      },
      spec: {
        gatewayClassName: entrance.gatewayClass,
        listeners: [
          { name: "http", port: 80, protocol: "HTTP", allowedRoutes: from },
          // One listener a name: a certificate is asked for the names of the listeners.
          ...hosts.map((hostname, index) => ({
            name: listenerName(index),
            hostname,
            port: 443,
            protocol: "HTTPS",
            tls,
            allowedRoutes: from,
          })),
        ],
      },
    },
    options,
  );
  const parentRef = (sectionName: string) => ({ name: gateway.metadata.name, sectionName });
  new k8s.apiextensions.CustomResource(
    name,
    {
      apiVersion,
      kind: protocol === "grpc" ? "GRPCRoute" : "HTTPRoute",
      metadata,
      spec: {
        parentRefs: hosts.map((_, index) => parentRef(listenerName(index))),
        hostnames: [...hosts],
        rules: [{ backendRefs: [{ name: args.service, port: args.port }] }],
      },
    },
    options,
  );
  new k8s.apiextensions.CustomResource(
    `${name}-redirect`,
    {
      apiVersion,
      kind: "HTTPRoute",
      metadata: { ...metadata, name: `${metadata.name}-redirect` },
      spec: {
        parentRefs: [parentRef("http")],
        hostnames: [...hosts],
        rules: [{ filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }] }],
      },
    },
    options,
  );
  return addressOf(gateway, name);
}

function listenerName(index: number): string {
  return index === 0 ? "https" : `https-${index + 1}`;
}

/** The address from the gateway's status: the engine waits until the cluster has given one. */
function addressOf(gateway: Gateway, name: string): pulumi.Output<string> {
  return gateway.status.apply((status) => {
    const address = status?.addresses?.find(({ value }) => /^\d+(\.\d+){3}$/.test(value));
    if (address) return address.value;
    throw new pulumi.RunError(
      `${name}: the cluster has given the gateway no IPv4 address. Install what gives addresses in the ` +
        "facility's cluster, such as MetalLB, and a controller for its GatewayClass. [DPX207]",
    );
  });
}
