export * from "./createSurvival";
export * from "./failureGraph";
export * from "./losses";
export * from "./reserve";
export * from "./runningCapacity";
export * from "./startupCycles";
export * from "./survival";
export * from "./timeline";
