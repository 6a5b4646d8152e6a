export * from "./awsReads";
export * from "./backendReads";
export * from "./clusterRole";
export * from "./kubernetesReads";
export * from "./liveReads";
export * from "./policyDocument";
export * from "./readerPolicy";
