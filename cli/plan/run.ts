/** `duplex plan`: the estate's demands, the cheapest units that keep them, and the answer. */
import { resolve } from "node:path";
import { readEstateFile } from "../../estate/readEstateFile";
import { UserError } from "../../model/errors";
import { version } from "../../package.json";
import { planEstate } from "../../plan/planEstate";
import { loadSolver } from "../../plan/program/solver";
import { planDocument, verdictOf, type PlanVerdict } from "../../report/plan/document";
import { readPrices } from "../input/readPrices";
import type { Io } from "../io";
import { writeAnswer } from "../output/writeAnswer";
import { writeDocument } from "../output/writeDocument";
import { configurationWith } from "./configurationWith";
import type { PlanOptions } from "./options";

export type { PlanVerdict };

/** Services between two lines of progress: more lines say no more. */
const progressEvery = 50;

/** @throws UserError for a mistake in a file, and (DPX603) where no plan was found in time */
export async function plan(file: string, options: PlanOptions, io: Io): Promise<PlanVerdict> {
  const prices = await readPrices(options.prices, io);
  const estate = readEstateFile(resolve(io.cwd, file));
  const answer = planEstate(estate, prices, {
    solve: await loadSolver(),
    seconds: options.timeout,
    leastShareTwo: options.leastShareTwo,
    progress: (done, of) => {
      if (done % progressEvery === 0) io.err(`${done} of ${of} services are planned.\n`);
    },
  });
  if (answer.kind === "outOfTime") {
    throw new UserError([
      {
        code: "DPX603",
        message: `No plan of ${answer.services.join(", ")} was found in ${options.timeout} seconds.`,
        fix: "Give it longer with `--timeout SECONDS`.",
        file,
      },
    ]);
  }
  if (options.write !== undefined && answer.kind === "planned") {
    await writeAnswer(await configurationWith(answer, file, io), options.write, io);
  }
  await writeDocument(planDocument({ answer, prices, source: file, version }), options, io);
  return verdictOf(answer);
}
