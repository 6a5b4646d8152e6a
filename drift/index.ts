export * from "./change";
export * from "./classify";
export * from "./compareStates";
export * from "./detect";
export * from "./expected";
export * from "./refresh";
export * from "./state";
export * from "./survivalLost";
