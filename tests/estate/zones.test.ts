import { zonePrefixOf } from "../../estate/zones";

describe("zonePrefixOf", () => {
  it.each([
    ["ap-northeast-2", "apne2-az"],
    ["ap-northeast-1", "apne1-az"],
    ["ap-northeast-3", "apne3-az"],
    ["us-east-1", "use1-az"],
    ["us-west-2", "usw2-az"],
    ["eu-central-1", "euc1-az"],
    ["ap-southeast-4", "apse4-az"],
    ["sa-east-1", "sae1-az"],
    ["me-south-1", "mes1-az"],
    ["us-gov-west-1", "usgw1-az"],
  ])("%s -> %s", (region, prefix) => {
    expect(zonePrefixOf(region)).toBe(prefix);
  });
});
