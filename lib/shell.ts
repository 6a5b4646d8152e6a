/** Words of a command that somebody is told to paste (POSIX.1-2024, Shell Command Language, 2.2 "Quoting"). */
import { visible } from "./visible";

/** What no shell reads anything else from, wherever it stands; a word that begins with a dash is an option. */
const plainWord = /^[A-Za-z0-9_%+,./@][A-Za-z0-9_%+=:,./@-]*$/;

/**
 * One word, quoted where it has to be. Undefined where no command can be told: the word is empty, would be an option,
 * holds what nobody can see or paste (a break of lines, a control character), or the sign by which a sentence sets a
 * command apart.
 */
export function shellWord(word: string): string | undefined {
  if (plainWord.test(word)) return word;
  if (word === "" || word.startsWith("-") || word.includes("`") || visible(word) !== word) return undefined;
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** A command of words, of which those that begin it are ours; undefined where one of the others cannot be told. */
export function shellCommand(command: string, ...words: readonly string[]): string | undefined {
  const told = words.map(shellWord);
  return told.every((word) => word !== undefined) ? [command, ...told].join(" ") : undefined;
}
