/** The image of a service in each site: always of a registry in the site itself. Pure. */
import type { ImagesSpec, SiteSpec } from "../../estate";

/** True for a reference with a host, which is taken as it is written. */
export function isWholeReference(image: string): boolean {
  return /^[^/]*[.:][^/]*\//.test(image);
}

/** The reference that units of the site pull. */
export function imageIn(site: SiteSpec, image: string, { account = "", prefix, facilityRegistry }: ImagesSpec): string {
  const region = site.kind === "cloud" ? site.region : "";
  const filled = (text: string) => text.replaceAll("{site}", site.name).replaceAll("{region}", region);
  if (isWholeReference(image)) return filled(image);
  if (site.kind === "facility") return `${filled(facilityRegistry)}/${prefix}${image}`;
  return `${account}.dkr.ecr.${region}.amazonaws.com/${prefix}${image}`;
}

/** The repository of an image without a host. */
export function repositoryOf(image: string, prefix: string): string {
  return `${prefix}${image.replace(/[:@].*$/, "")}`;
}
