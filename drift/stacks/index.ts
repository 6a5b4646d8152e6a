export * from "./merge";
export * from "./objects";
export * from "./part";
export * from "./verdict";
