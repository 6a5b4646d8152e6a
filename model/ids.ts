/** What things are called by: texts that are unique within one estate. */

/** Uniform resource name of Pulumi, or `kubernetes:<cluster>:<kind>:<namespace>/<name>` for rendered manifests. */
export type Urn = string;

/** Name of a service within one estate; unique. */
export type ServiceId = string;
