/**
 * Types that place no replica, hold no data that a service lives on and route no request. Whatever a provider makes and
 * neither the registries nor a reader knows is reported as not judged.
 */
import { placesNothing } from "./aws/registry";
import { kindPlacesNothing } from "./kubernetes/registry";

/** Providers of values, files and other people's accounts: nothing of theirs stands in a facility of ours. */
export const nothingPackages: ReadonlySet<string> = new Set([
  "pulumi",
  "random",
  "tls",
  "time",
  "std",
  "null",
  "archive",
  "http",
  "external",
  "cloudinit",
  "pulumiservice",
  "github",
  "gitlab",
  // Components that are made of resources of their own, which are judged.
  "awsx",
  "eks",
  "aws-apigateway",
  "aws-static-website",
  "aws-quickstart-vpc",
  "duplex",
]);

const cache = new Map<string, boolean>();

/** Whether a type is known to place, hold and route nothing. */
export function isNothing(type: string): boolean {
  let answer = cache.get(type);
  if (answer === undefined) cache.set(type, (answer = judge(type)));
  return answer;
}

function judge(type: string): boolean {
  const provider = type.slice(0, type.indexOf(":"));
  if (nothingPackages.has(provider)) return true;
  if (provider === "aws") return placesNothing(type) !== undefined;
  return provider === "kubernetes" && kindPlacesNothing(type);
}
