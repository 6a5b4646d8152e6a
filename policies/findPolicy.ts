/** A policy by what people call it. */
import { closest } from "../estate/suggest";
import { UserError } from "../model/errors";
import type { Policy } from "./policy";

/**
 * @param word its code or its name, in any case
 * @throws UserError (DPX313) where there is none
 */
export function findPolicy(word: string, policies: readonly Policy[]): Policy {
  const wanted = word.trim().toLowerCase();
  const found = policies.find(({ code, name }) => code.toLowerCase() === wanted || name.toLowerCase() === wanted);
  if (found !== undefined) return found;
  const isCode = /^dpx\d+$/i.test(wanted);
  const near = closest(word, isCode ? policies.map(({ code }) => code) : policies.map(({ name }) => name));
  const meant = near === undefined ? "" : `Did you mean "${near}"? `;
  throw new UserError([
    {
      code: "DPX313",
      message: `There is no policy "${word}".`,
      fix: `${meant}\`duplex policies --format summary\` lists all, with their codes.`,
    },
  ]);
}
