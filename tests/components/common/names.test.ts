import { physicalName } from "../../../components/common/names";
import { record } from "../../support/pulumiMocks";

/** Under mocks, whose project is duplex and whose stack is test. */
async function named(name: string, longest: number): Promise<string> {
  let found = "";
  await record(() => void (found = physicalName(name, longest)));
  return found;
}

describe("physicalName", () => {
  it("carries project and stack", async () => {
    expect(await named("login-seoul", 64)).toBe("duplex-test-login-seoul");
  });

  it("holds nothing but lower case letters, digits and single hyphens", async () => {
    expect(await named("Login__of.Every--User", 64)).toBe("duplex-test-login-of-every-user");
  });

  it.each([23, 24, 32])("is at most %d characters long, and told from others that begin alike", async (longest) => {
    const [one, other] = await Promise.all([named("login-seoul-first", longest), named("login-seoul-second", longest)]);
    for (const name of [one, other]) {
      expect(name.length).toBeLessThanOrEqual(longest);
      expect(name).toMatch(/^[a-z](-?[a-z0-9])*$/);
    }
    expect(one).not.toBe(other);
  });

  it("cuts only what is too long", async () => {
    expect(await named("login", 17)).toBe("duplex-test-login");
    expect(await named("login", 16)).toMatch(/^duplex-te-[0-9a-f]{6}$/);
  });
});
