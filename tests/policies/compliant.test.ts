import { judge } from "../../policies/judge";
import { describeFinding } from "../../policies/describe";
import { compliant } from "./examples/compliant";

test("nothing is found in an estate in which nothing is wrong", () => {
  const judgement = judge(compliant());
  expect(judgement.findings.map(describeFinding)).toEqual([]);
  expect(judgement.verdict).toBe("survives");
});
