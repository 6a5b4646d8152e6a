import { english } from "./en";
import { korean } from "./ko";
import type { Language, Words } from "./words";

const catalogues: Readonly<Record<Language, Words>> = { en: english, ko: korean };

export function wordsOf(language: Language): Words {
  return catalogues[language];
}
