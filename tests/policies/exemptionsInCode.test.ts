import { catalogue } from "../../policies/catalogue";
import { exemptionsInCode, misreadMessage } from "../../policies/exemptionsInCode";

const urn = "urn:pulumi:prod::shop::aws:rds/instance:Instance::orders";
const read = (text: string, owner?: string) =>
  exemptionsInCode([{ urn, text, ...(owner === undefined ? {} : { owner }) }], catalogue);

test("an exemption names a policy, a day and a ticket", () => {
  expect(read("DPX301 until 2027-01-31 OPS-12", "orders-team")).toEqual({
    exemptions: [
      {
        policy: "single-facility",
        resource: urn,
        owner: "orders-team",
        reason: "Written beside the resource.",
        ticket: "OPS-12",
        expires: "2027-01-31",
      },
    ],
    misread: [],
  });
});

test.each([
  ["a policy's name", "single-facility until 2027-01-31 OPS-12", ["single-facility"]],
  ["a code in small letters", "dpx301  until 2027-01-31  OPS-12", ["single-facility"]],
  [
    "several, as a tag holds them",
    "DPX301 until 2027-01-31 A-1 + DPX303 until 2027-02-28 A-2",
    ["single-facility", "single-power-domain"],
  ],
  [
    "several, as an annotation may",
    "DPX301 until 2027-01-31 A-1; DPX303 until 2027-02-28 A+2",
    ["single-facility", "single-power-domain"],
  ],
])("%s is read", (_, text, policies) => {
  const { exemptions, misread } = read(text);
  expect([exemptions.map(({ policy }) => policy), misread]).toEqual([policies, []]);
});

test("what follows the ticket is the reason", () => {
  expect(read("DPX301 until 2027-01-31 OPS-12 The second site opens in May.").exemptions).toMatchObject([
    { ticket: "OPS-12", reason: "The second site opens in May." },
  ]);
});

test.each([
  ["", "begin with the code of a policy"],
  ["DPX999 until 2027-01-31 OPS-12", "begin with the code of a policy"],
  ["DPX301", "say until which day it holds"],
  ["DPX301 OPS-12", "say until which day it holds"],
  ["DPX301 until soon OPS-12", "say until which day it holds"],
  ["DPX301 until 2027-02-30 OPS-12", "say until which day it holds"],
  ["DPX301 until 2027-01-31", "end with the ticket of the remedy"],
])("of %j it is said what is missing", (text, fault) => {
  const { exemptions, misread } = read(text);
  expect([exemptions, misread]).toEqual([[], [{ urn, text, fault }]]);
  expect(misread.map(misreadMessage).join("")).toContain(`must ${fault}`);
});

test("a sound one holds though its neighbour does not", () => {
  const { exemptions, misread } = read("DPX301 until 2027-01-31 A-1 + nonsense");
  expect([exemptions.length, misread.map(({ text }) => text)]).toEqual([1, ["nonsense"]]);
});
