/**
 * Which texts are secrets, or hold one, whatever they are called. Forms of tokens are those that their issuers publish
 * so that scanners find them (GitHub, "Secret scanning patterns"; GitLab, "Token prefixes"; AWS IAM, "Unique
 * identifiers").
 */
import { isSecretName } from "./words";

const forms: readonly RegExp[] = [
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/,
  /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}/,
  /\bgh[pousr]_\w{16,}|\bgithub_pat_\w{16,}|\bgl[a-z]{2,6}-[\w-]{16,}/,
  /\bxox[a-z]-[\w-]{8,}|hooks\.slack\.com\/services\/\S+/,
  /\beyJ[\w-]{6,}\.eyJ[\w-]{6,}/,
  /\bAIza[\w-]{20,}|\bya29\.[\w-]{10,}/,
  /\b[srp]k_(?:live|test)_\w{8,}|\bsk-[\w-]{16,}|\bSG\.[\w-]{8,}\.[\w-]{8,}/,
  /\bnpm_\w{16,}|\bpul-[0-9a-f]{16,}|\bdop_v1_\w{16,}|\bhvs\.[\w-]{8,}|\bdckr_pat_[\w-]{8,}|\bpypi-[\w-]{16,}/,
  // User and password of an address (RFC 3986, 3.2.1).
  /[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s@/]+@/i,
  /\b(?:[Bb]earer|BEARER)\s+[\w+/.~-]{8,}=*|\b[Bb]asic\s+(?=\S*[0-9=A-Z])[\w+/-]{8,}=*/,
  /[?&](?:sig|token|signature|access_token|api_?key|code|X-Amz-(?:Signature|Credential|Security-Token))=/i,
  // Hashes of passwords, by their scheme.
  /\$(?:2[abxy]|5|6|y|argon2\w*)\$\S{8,}|\{S?SHA\}\S{8,}/,
  /client-key-data|\bauth-provider\b/,
];

/** `DB_PASSWORD=x`, `password: x`, `--token x`, `"apiKey" = "x"`: a name and its value in any text. */
const assignment =
  /(?:^|[\s"'`;,&?{(-])([A-Za-z][\w.-]*)["']?\s*(?:=|:=|:(?=\s|["'])|(?<=--[\w.-]*)\s)\s*["']?([^\s"'`;,&})]+)/g;

/** What stands where a value is named and not told: a reference, a placeholder, a path. */
const reference = /^(?:\$\{?\(?\w|<|\[secret\]|arn:|\*+$|(?:true|false|null|none|required|optional)\b)/i;

export function holdsSecret(text: string): boolean {
  if (forms.some((form) => form.test(text))) return true;
  for (const [, name = "", value = ""] of text.matchAll(assignment)) {
    if (isSecretName(name) && !reference.test(value)) return true;
  }
  return decoded(text).some((inner) => inner !== text && forms.some((form) => form.test(inner)));
}

const base64 = /^[A-Za-z0-9+/_-]{12,}={0,2}$/;

/** What a text is in base64, where it is readable. */
export function decoded(text: string): readonly string[] {
  const flat = text.replace(/\s+/g, "");
  if (!base64.test(flat)) return [];
  const inner = Buffer.from(flat, "base64").toString("utf8");
  return /(?![\t\r\n])\p{Cc}|\ufffd/u.test(inner) ? [] : [inner];
}

/** Stands for a secret inside of a text that is otherwise told. */
export const secretText = "[secret]";

/** Shorter values are words of every second text: nothing could be told any more. */
const leastKnown = 6;

/** Values that are known to be secret, to be found in whatever they are put into. */
export class KnownSecrets {
  readonly #texts = new Set<string>();

  add(value: string): void {
    const text = value.trim();
    if (text.length < leastKnown || this.#texts.has(text)) return;
    this.#texts.add(text);
    for (const form of base64Forms(text)) this.#texts.add(form);
    this.#texts.add(encodeURIComponent(text));
    this.#texts.add(JSON.stringify(text).slice(1, -1));
  }

  get isEmpty(): boolean {
    return this.#texts.size === 0;
  }

  /** The text with what stands for a secret in the place of each. */
  hiddenIn(text: string): string {
    let hidden = text;
    for (const secret of this.#texts) if (hidden.includes(secret)) hidden = hidden.replaceAll(secret, secretText);
    return hidden;
  }

  isIn(text: string): boolean {
    for (const secret of this.#texts) if (text.includes(secret)) return true;
    return false;
  }
}

/** The same bytes in base64 at each of the three places where a group of three may begin, without what lies beside. */
function base64Forms(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  return [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    const from = before === 0 ? 0 : before + 1;
    const to = Math.floor(((before + bytes.length) * 8) / 6);
    const form = whole.slice(from, to);
    return form.length < leastKnown ? [] : [form, form.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
