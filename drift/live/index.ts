export * from "./arn";
export * from "./look";
export * from "./overlay";
export * from "./recognise";
export * from "./record";
export * from "./unmanaged";
