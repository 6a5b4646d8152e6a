export * from "./awsReads";
export * from "./readerPolicy";
