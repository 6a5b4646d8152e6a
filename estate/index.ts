export type { EstateInput } from "./input";
export * from "./jsonSchema";
export * from "./parse";
export * from "./readEstateFile";
export * from "./source";
export * from "./spec";
export * from "./stackSource";
