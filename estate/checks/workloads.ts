/** What units are given, and whether they can be made as it is written. */
import { isRecord } from "../../lib/records";
import type { LenientEstate, LenientService } from "../lenientEstate";
import { mistake, nameOf, siteNamed } from "./words";

/** Variables that Duplex fills in begin so. */
const ownPrefix = "DUPLEX_";

export function environments(estate: LenientEstate) {
  return estate.services.flatMap((service) => {
    const path = service.path;
    const variables = isRecord(service.value["environment"]) ? Object.keys(service.value["environment"]) : [];
    const secrets = isRecord(service.value["secrets"]) ? service.value["secrets"] : {};
    return [
      ...[
        ...variables.map((key) => ["environment", key] as const),
        ...Object.keys(secrets).map((key) => ["secrets", key] as const),
      ]
        .filter(([, key]) => key.startsWith(ownPrefix))
        .map(([field, key]) =>
          mistake(
            "DPX142",
            [...path, field, key],
            `The variable "${key}" is one that Duplex fills in.`,
            "Give it another name.",
          ),
        ),
      ...variables
        .filter((key) => key in secrets)
        .map((key) =>
          mistake(
            "DPX142",
            [...path, "secrets", key],
            `The variable "${key}" is given twice.`,
            "Write it under environment or under secrets.",
          ),
        ),
      ...Object.entries(secrets).flatMap(([key, secret]) => secretsWithoutPlace(estate, service, key, secret)),
    ];
  });
}

function secretsWithoutPlace(estate: LenientEstate, service: LenientService, key: string, secret: unknown) {
  if (!isRecord(secret)) return [];
  const kinds = new Set((service.sites ?? []).flatMap((site) => siteNamed(estate, site.text)?.kind ?? []));
  const wanted = [
    ...(kinds.has("cloud") && secret["arn"] === undefined
      ? [["arn", "a cloud site", "the ARN of a secret of Secrets Manager"]]
      : []),
    ...(kinds.has("facility") && secret["secret"] === undefined
      ? [["secret", "a facility", "the name of a Secret of Kubernetes"]]
      : []),
  ];
  return wanted.map(([field = "", where = "", what = ""]) =>
    mistake(
      "DPX143",
      [...service.path, "secrets", key],
      `The secret "${key}" of "${nameOf(service)}" says nothing for ${where}, where it runs too.`,
      `Write ${field}: ${what}.`,
    ),
  );
}

/** A function takes its image from a registry of AWS alone (AWS Lambda Developer Guide, "Container images"). */
export function images(estate: LenientEstate) {
  if (estate.imageAccount !== undefined) return [];
  return estate.services.flatMap((service) => {
    const { image, compute } = service.value;
    const isWhole = typeof image === "string" && /^[^/]*\./.test(image) && image.includes("/");
    const inCloud = (service.sites ?? []).some((site) => siteNamed(estate, site.text)?.kind === "cloud");
    if (isWhole || !inCloud || !isRecord(compute) || compute["on"] !== "lambda") return [];
    return [
      mistake(
        "DPX144",
        [...service.path, "image"],
        `The image of the function "${nameOf(service)}" names no registry, and the estate has none for cloud sites.`,
        "Write `images: { account: … }` with the account whose registry holds it, or a whole reference here.",
      ),
    ];
  });
}

/** MiB that go with each number of CPU units (Amazon ECS Developer Guide, "Fargate task sizes"). */
const fargateSizes: Readonly<Record<number, readonly [least: number, most: number, step: number]>> = {
  256: [512, 2048, 512],
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16_384, 1024],
  4096: [8192, 30_720, 1024],
  8192: [16_384, 61_440, 4096],
  16384: [32_768, 122_880, 8192],
};

export function sizes({ services }: LenientEstate) {
  return services.flatMap((service) => {
    const compute = isRecord(service.value["compute"]) ? service.value["compute"] : {};
    const path = [...service.path, "compute"];
    if (compute["on"] === "lambda" && service.kind === "worker") {
      return [
        mistake(
          "DPX146",
          path,
          `The worker "${nameOf(service)}" would be a function that nobody calls.`,
          "Run it on fargate or ec2.",
        ),
      ];
    }
    const { cpu = 1024, memoryMiB = 2048 } = compute;
    if (compute["on"] !== "fargate" || typeof cpu !== "number" || typeof memoryMiB !== "number") return [];
    const [least = 0, most = Infinity, step = 1] = fargateSizes[cpu] ?? [];
    if (memoryMiB >= least && memoryMiB <= most && (memoryMiB - least) % step === 0) return [];
    return [
      mistake(
        "DPX145",
        [...path, "memoryMiB"],
        `Fargate has no task of ${cpu} CPU units with ${memoryMiB} MiB.`,
        `Write ${least} to ${most} MiB in steps of ${step} with ${cpu} CPU units.`,
      ),
    ];
  });
}
