/* eslint jest/expect-expect: ["warn", { "assertFunctionNames": ["expect", "expectFound"] }] */
import { catalogue } from "../../policies/catalogue";
import { judge } from "../../policies/judge";
import type { Finding } from "../../policies/policy";
import { examples } from "./examples";
import type { Example, RefusedExample } from "./examples/example";

function findingsOf(policy: string, example: Example): readonly Finding[] {
  return judge(example.estate, example.options).findings.filter((finding) => finding.policy === policy);
}

function expectFound(policy: string, example: RefusedExample): void {
  const all = findingsOf(policy, example);
  const about = all.filter((finding) => finding.service === example.service);
  expect(about.map((finding) => finding.message)).toContainEqual(expect.stringMatching(example.says));
  const found = about.find((finding) => example.says.test(finding.message));
  expect(found).toMatchObject({
    verdict: example.verdict ?? "broken",
    level: example.level ?? "mandatory",
    code: catalogue.find(({ name }) => name === policy)?.code,
    ...(example.lost ? { lost: example.lost } : {}),
  });
  expect(found?.urns).toContain(example.urn);
}

test("every policy has examples, and every example a policy", () => {
  expect(Object.keys(examples).sort()).toEqual(catalogue.map(({ name }) => name).sort());
});

const cases = Object.entries(examples);

describe.each(cases)("%s", (policy, { passes, nearMiss, refused }) => {
  test(`finds nothing: ${passes.what}`, () => {
    expect(findingsOf(policy, passes)).toEqual([]);
  });

  test(`near miss: ${nearMiss.what}`, () => {
    if (nearMiss.found) expectFound(policy, nearMiss);
    // eslint-disable-next-line jest/no-conditional-expect -- the example says which of the two it is
    else expect(findingsOf(policy, nearMiss)).toEqual([]);
  });

  test(`finds: ${refused.what}`, () => {
    expectFound(policy, refused);
  });
});
