export * from "./arn";
export * from "./compareLive";
export * from "./applyRecords";
export * from "./recognise";
export * from "./record";
export * from "./unmanaged";
