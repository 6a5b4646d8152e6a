/**
 * Metrics by which a store says how far a copy of it is behind, where what is not copied yet is lost with the source.
 */
import { typesWith } from "../../inventory/aws/registry";

/**
 * The metrics come from the metrics pages of each service's guide (Amazon Aurora, RDS, DynamoDB, S3, ElastiCache, EFS,
 * DocumentDB). Lag of readers inside of one Aurora cluster is not among them: they share its storage, so that nothing
 * is lost by it.
 */
const lagging = typesWith("lag");

/** Types of stores by the dimension that names one; undefined for a metric that tells no lag. */
export function storesOfLag(namespace: string, name: string): Readonly<Record<string, readonly string[]>> | undefined {
  const stores: Record<string, string[]> = {};
  for (const [type, lag] of lagging) {
    if (lag.namespace === namespace && lag.metrics.includes(name)) (stores[lag.dimension] ??= []).push(type);
  }
  return Object.keys(stores).length === 0 ? undefined : stores;
}
