import { hashOf } from "../../lib/hash";

describe("hashOf", () => {
  // Vectors of the FNV reference for 32-bit FNV-1a.
  it.each([
    ["", 0x811c9dc5],
    ["a", 0xe40c292c],
    ["foobar", 0xbf9cf968],
  ])("of %j is the reference's", (text, hash) => {
    expect(hashOf(text)).toBe(hash);
  });
});
