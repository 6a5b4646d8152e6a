import lock from "../../package-lock.json";
import { missingEntries } from "../../tools/lockfile";

describe("package-lock.json", () => {
  it("pins the binaries of every platform, so that `npm ci` works on each", () => {
    expect([...missingEntries(lock).keys()]).toEqual([]);
  });

  it("would be found wanting without the entry of another platform", () => {
    const { "node_modules/@esbuild/darwin-arm64": left, ...packages } = lock.packages;
    expect(left).toBeDefined();
    expect([...missingEntries({ ...lock, packages }).keys()]).toEqual(["node_modules/@esbuild/darwin-arm64"]);
  });
});
