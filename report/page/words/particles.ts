/**
 * Particles of Korean, which follow the sound that a word ends with: 은 after a final consonant and 는 after a vowel.
 * Where the sound is not certain, as of a name in Latin letters, both are written, as official forms do: 은(는).
 */

/** How a word ends when it is read aloud. `rieul` is a final ㄹ, before which 로 stands and not 으로. */
type Ending = "vowel" | "consonant" | "rieul" | "unknown";

const firstSyllable = 0xac00;
const lastSyllable = 0xd7a3;
/** A block of so many syllables differs in its final consonant alone (Unicode, 3.12); 8 of them is ㄹ. */
const finals = 28;
const rieul = 8;

/** 영 일 이 삼 사 오 육 칠 팔 구. */
const digits: readonly Ending[] = [
  ...(["consonant", "rieul", "vowel", "consonant", "vowel"] as const),
  ...(["vowel", "consonant", "rieul", "rieul", "vowel"] as const),
];

/** Letters that are written 스, 브 or the like have a vowel of their own; m, n and l close a syllable. */
const letters: Readonly<Record<string, Ending>> = {
  ...{ a: "vowel", i: "vowel", o: "vowel", u: "vowel", y: "vowel", w: "vowel", r: "vowel", s: "vowel", z: "vowel" },
  ...{ f: "vowel", v: "vowel", x: "vowel", h: "vowel", j: "vowel", d: "vowel" },
  ...{ l: "rieul", m: "consonant", n: "consonant" },
};

/** Brackets and quotation marks are not read. */
const unread = /[\s"'()[\]{}<>“”‘’.,:;!?`]+$/u;

function endingOf(word: string): Ending {
  const last = word.replace(unread, "").slice(-1).toLowerCase();
  const code = last.charCodeAt(0);
  if (code >= firstSyllable && code <= lastSyllable) {
    const final = (code - firstSyllable) % finals;
    return final === 0 ? "vowel" : final === rieul ? "rieul" : "consonant";
  }
  if (/^\d$/.test(last)) return digits[Number(last)] ?? "unknown";
  if (last === "%") return "vowel";
  return letters[last] ?? "unknown";
}

/** After a final consonant, after a vowel, and where nobody can tell. */
const forms = {
  topic: ["은", "는", "은(는)"],
  subject: ["이", "가", "이(가)"],
  object: ["을", "를", "을(를)"],
  with: ["과", "와", "과(와)"],
  by: ["으로", "로", "(으)로"],
} as const;

export type Particle = keyof typeof forms;

/** The word with its particle. */
export function withParticle(word: string, particle: Particle): string {
  const [afterConsonant, afterVowel, either] = forms[particle];
  const ending = endingOf(word);
  if (ending === "unknown") return `${word}${either}`;
  const isOpen = ending === "vowel" || (ending === "rieul" && particle === "by");
  return `${word}${isOpen ? afterVowel : afterConsonant}`;
}
