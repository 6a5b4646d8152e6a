import { imageIn, imagesFromOutside, isWholeReference, repositoryOf } from "../../estate/images";
import { parseEstate } from "../../estate";
import { estateConfig, withValue } from "../support/estateConfig";

const [east, , seoul] = parseEstate(estateConfig()).sites;
const images = { account: "111122223333", prefix: "shop/", facilityRegistry: "registry.{site}.duplex.example" };

describe("imageIn", () => {
  it.each([
    [seoul, "web@sha256:abc", "111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/shop/web@sha256:abc"],
    [east, "web@sha256:abc", "registry.east.duplex.example/shop/web@sha256:abc"],
    [seoul, "registry.{region}.example/web:1", "registry.ap-northeast-2.example/web:1"],
    [east, "registry.{site}.example/web:1", "registry.east.example/web:1"],
    [east, "localhost:5000/web:1", "localhost:5000/web:1"],
  ])("in a site of its own registry", (site, image, expected) => {
    if (!site) throw new Error("The estate has no such site.");
    expect(imageIn(site, image, images)).toBe(expected);
  });
});

it.each([
  ["web:1", false],
  ["team/web:1", false],
  ["registry.example/web", true],
  ["localhost:5000/web", true],
])("%s is a whole reference: %s", (image, expected) => {
  expect(isWholeReference(image)).toBe(expected);
});

it.each([
  ["web@sha256:abc", "shop/web"],
  ["team/web:1.2", "shop/team/web"],
  ["web", "shop/web"],
])("the repository of %s is %s", (image, expected) => {
  expect(repositoryOf(image, "shop/")).toBe(expected);
});

describe("an estate without registries for cloud sites", () => {
  const without = withValue(estateConfig(), ["images"], undefined);

  it("pulls what is written, or from a registry of each site under its own domain", () => {
    const image = (name: string) => imagesFromOutside(parseEstate(withValue(without, ["services", 0, "image"], name)));
    expect(image("team/login:1")).toContainEqual({ service: "login", site: "seoul", reference: "team/login:1" });
    expect(imagesFromOutside(parseEstate(without))).toContainEqual({
      ...{ service: "login", site: "tokyo", reference: "registry.tokyo.duplex.example/login:stable" },
    });
  });

  it("is told of nothing that registries of AWS hold, nor of facilities", () => {
    const aws = "111122223333.dkr.ecr.{region}.amazonaws.com/login:1";
    const config = withValue(without, ["services", 0, "image"], aws);
    expect(imagesFromOutside(parseEstate(config)).map(({ service }) => service)).not.toContain("login");
    expect(imagesFromOutside(parseEstate(estateConfig()))).toEqual([]);
    expect(imagesFromOutside(parseEstate(without)).map(({ site }) => site)).not.toContain("east");
  });
});
