/** `duplex check --with`: two stacks, each fine alone, of which one hangs on the other. */
import type { CheckReport } from "../../../report/check/report";
import { CommandLine } from "../../support/cli";
import { loginExport, sessionsExport, sessionsUrn } from "../../support/referringStacks";

let commandLine: CommandLine;
beforeEach(async () => {
  commandLine = new CommandLine();
  const facility = (name: string) => ({
    ...{ kind: "facility", name, region: `kr-${name}`, operator: "own", powerFeeds: [name], carriers: [name] },
    ...{ batteryRoomsSeparated: true, batteryChemistry: "lead-acid", firePlanKeepsPower: true },
  });
  await commandLine.write("policy.json", { estate: { sites: [facility("chuncheon"), facility("ansan")] } });
  await commandLine.write("login.json", loginExport());
});
afterEach(() => commandLine.remove());

const check = async (...files: readonly string[]) => {
  const answer = await commandLine.duplex(["check", ...files, "--config", "policy.json", "--format", "json"]);
  if (answer.out === "") throw new Error(answer.err);
  return { code: answer.code, report: JSON.parse(answer.out) as CheckReport };
};

test("each passes alone, and together they are refused by the other stack's resource", async () => {
  await commandLine.write("sessions.json", sessionsExport({ replicas: [] }));
  expect((await check("login.json")).code).toBe(2);
  expect((await check("sessions.json")).code).toBe(2);
  const { code, report } = await check("login.json", "--with", "sessions.json");
  expect(code).toBe(3);
  const refusals = report.findings.filter(({ level }) => level === "mandatory");
  const single = refusals.find(({ service, lost }) => service === "login" && lost.includes("region:ap-northeast-2"));
  expect(single?.message).toContain("data/prod:sessions");
  expect(refusals.some(({ urns }) => urns.includes(sessionsUrn()))).toBe(true);
  expect(report.notes).toContain("Judged together with stack data/prod, from sessions.json.");
});

test("with a copy in a second region they pass together", async () => {
  await commandLine.write("sessions.json", sessionsExport());
  expect((await check("login.json", "--with", "sessions.json")).code).toBe(2);
});

test("a reference that leads out of what was given is told", async () => {
  await commandLine.write("sessions.json", sessionsExport({ stack: "dev", replicas: [] }));
  const { code, report } = await check("login.json", "--with", "sessions.json");
  expect(code).toBe(2);
  expect(report.notes.join()).toContain("Stack app/prod refers to stack organization/data/prod, which was not given");
});

test("one stack twice is a mistake", async () => {
  const answer = await commandLine.duplex(["check", "login.json", "--with", "login.json", "--config", "policy.json"]);
  expect(answer).toMatchObject({ code: 1, out: "" });
  expect(answer.err).toMatch(/app\/prod was given before.*\[DPX001\]/);
});
