/** Where a site pulls the image of a service from. Pure. */
import type { EstateSpec, ImagesSpec, SiteSpec } from "./spec";

/** True for a reference with a host, which is taken as it is written. */
export function isWholeReference(image: string): boolean {
  return /^[^/]*[.:][^/]*\//.test(image);
}

/**
 * The reference that units of the site pull: of a registry in the site itself, and, where the estate has none for cloud
 * sites, as it is written.
 */
export function imageIn(site: SiteSpec, image: string, { account, prefix, facilityRegistry }: ImagesSpec): string {
  const region = site.kind === "cloud" ? site.region : "";
  const filled = (text: string) => text.replaceAll("{site}", site.name).replaceAll("{region}", region);
  if (isWholeReference(image)) return filled(image);
  if (site.kind === "facility") return `${filled(facilityRegistry)}/${prefix}${image}`;
  return account === undefined ? filled(image) : `${account}.dkr.ecr.${region}.amazonaws.com/${prefix}${image}`;
}

/** True for a registry of AWS, which endpoints of the network lead to; any other is reached over the internet. */
export function isOfAws(reference: string): boolean {
  return /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\//.test(reference);
}

/** An image that a cloud site pulls over the internet. */
export interface ImageFromOutside {
  readonly service: string;
  readonly site: string;
  readonly reference: string;
}

/** All of them, in the order of the estate. */
export function imagesFromOutside({ services, sites, images }: EstateSpec): readonly ImageFromOutside[] {
  return services.flatMap((service) =>
    sites
      .filter((site) => site.kind === "cloud" && service.sites.includes(site.name))
      .map((site) => ({ service: service.name, site: site.name, reference: imageIn(site, service.image, images) }))
      .filter(({ reference }) => !isOfAws(reference)),
  );
}

/** The repository of an image without a host. */
export function repositoryOf(image: string, prefix: string): string {
  return `${prefix}${image.replace(/[:@].*$/, "")}`;
}
