export * from "./options";
export * from "./readEstate";
export * from "./resource";
export * from "./sources/policyResources";
export * from "./sources/previewJson";
export * from "./sources/readResources";
export * from "./sources/registrations";
export * from "./sources/stateExport";
