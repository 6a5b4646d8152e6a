/** `duplex report`: the judgement of `duplex check` as one page. */
import type { Verdict } from "../../policies/judge";
import { checkDocument } from "../../report/check/document";
import { pageData } from "../../report/page/data";
import { renderPage } from "../../report/page/page";
import { wordsOf } from "../../report/page/words";
import { judgeBesideBase } from "../check/judgeBesideBase";
import type { Io } from "../io";
import { writeAnswer } from "../output/writeAnswer";
import { policiesOf } from "../rules/policiesOf";
import type { ReportOptions } from "./options";

/** Judges what `path` names and writes the page. */
export async function writeReport(path: string | undefined, options: ReportOptions, io: Io): Promise<Verdict> {
  const policies = await policiesOf(options.rules, io);
  const { report, estate, survival, positions, withoutSecrets } = await judgeBesideBase(path, options, policies, io);
  const data = withoutSecrets(pageData(report, estate, survival, io.today));
  const page = renderPage(data, checkDocument(report, policies, positions), wordsOf(options.language));
  await writeAnswer(page, options.output, io);
  return report.change?.verdict ?? report.verdict;
}
