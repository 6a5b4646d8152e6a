export * from "./joinEstates";
export * from "./offers";
export * from "./stackEstate";
export * from "./uses";
