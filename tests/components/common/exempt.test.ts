import { exemptAnnotations, exemptTags, type ExemptionArgs } from "../../../components/common/exempt";
import { UserError } from "../../../model";
import { catalogue } from "../../../policies/catalogue";
import { exemptionsInCode } from "../../../policies/exemptionsInCode";

const facility: ExemptionArgs = { policy: "DPX301", until: "2027-01-31", ticket: "OPS-12" };
const power: ExemptionArgs = {
  ...{ policy: "DPX303", until: "2028-02-29", ticket: "team/OPS+13" },
  reason: "The second feed comes in May.",
};

test.each([
  ["duplex:exempt", exemptTags],
  ["duplex.dev/exempt", exemptAnnotations],
] as const)("what is written under %s is what the judgement reads", (key, words) => {
  const made = words(facility, power);
  expect(Object.keys(made)).toEqual([key]);
  const { exemptions, misread } = exemptionsInCode([{ urn: "u", text: made[key] ?? "" }], catalogue);
  expect(misread).toEqual([]);
  expect(exemptions).toMatchObject([
    { policy: "single-facility", expires: "2027-01-31", ticket: "OPS-12" },
    { policy: "single-power-domain", expires: "2028-02-29", ticket: "team/OPS+13", reason: power.reason },
  ]);
});

test.each<[string, readonly ExemptionArgs[], RegExp]>([
  ["nothing", [], /No exemption/],
  ["a code that is none", [{ ...facility, policy: "DPX9" }], /"DPX9"/],
  ["a day that is not in the calendar", [{ ...facility, until: "2027-02-29" }], /2027-02-29/],
  ["a ticket of two words", [{ ...facility, ticket: "OPS 12" }], /OPS 12/],
  ["no ticket", [{ ...facility, ticket: "" }], /ticket is ""/],
  ["a reason that a tag refuses", [{ ...facility, reason: "no; never" }], /no; never/],
  ["a reason that would be read as two", [{ ...facility, reason: "a + b" }], /a \+ b/],
  ["more than a tag holds", [{ ...facility, reason: "x".repeat(256) }], /of 256/],
])("%s is refused", (_, exemptions, message) => {
  expect(() => exemptTags(...exemptions)).toThrow(UserError);
  expect(() => exemptTags(...exemptions)).toThrow(message);
});

test("all mistakes are told at once", () => {
  const thrown = (): unknown => {
    try {
      return exemptTags({ ...facility, until: "soon" }, { ...power, ticket: "" });
    } catch (error) {
      return error;
    }
  };
  expect((thrown() as UserError).mistakes.map(({ code }) => code)).toEqual(["DPX240", "DPX240"]);
});
