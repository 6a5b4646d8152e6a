/**
 * Which names are names of secrets. Vendors mark few of them: a password in the environment of a container, a token in
 * a header or a key in a parameter of one's own is told by what it is called.
 */

/** A name with one of these words in it is one of a secret. */
const secretWords: ReadonlySet<string> = new Set([
  ...["password", "passwords", "passwd", "pwd", "pass", "passphrase", "pin", "otp", "pat"],
  ...["secret", "secrets", "token", "tokens", "credential", "credentials", "creds", "jwt", "cookie", "cookies"],
  ...["authorization", "auth", "bearer", "apikey", "apikeys", "privatekey", "accesskey", "secretkey", "authtoken"],
  ...["kubeconfig", "dockerconfigjson", "dockercfg", "netrc", "dsn", "salt", "psk", "keytab", "keystore", "mnemonic"],
  ...["userdata", "webhook", "sastoken", "passcode", "ciphertext", "plaintext", "signature"],
]);

/** With `key` behind it: a key that opens something. `publicKey`, `hashKey` and `key` alone are none. */
const keyWords: ReadonlySet<string> = new Set([
  ...["api", "access", "private", "signing", "encryption", "shared", "master", "account", "storage", "ssh", "license"],
  ...["preshared", "host", "session", "service", "deploy", "webhook", "admin", "customer", "account", "client"],
]);

/** Two words that stand side by side. */
const secretPairs: ReadonlySet<string> = new Set([
  ...["connection string", "connection url", "connection uri", "database url", "db url", "redis url", "broker url"],
  ...["user data", "custom data", "cloud init", "client data", "pre shared", "key material", "json key", "mongo uri"],
]);

/**
 * What a name ends with that tells something of a secret, and not the secret: where it is kept, how long it may be, how
 * old it gets. The same words end the names of settings.
 */
const aboutWords: ReadonlySet<string> = new Set([
  ...["arn", "arns", "id", "ids", "name", "names", "ref", "refs", "version", "versions", "length", "ttl", "expiry"],
  ...["expiration", "validity", "policy", "rotation", "enabled", "required", "type", "types", "count", "days", "hours"],
  ...["minutes", "seconds", "period", "manager", "store", "provider", "providers", "time", "age", "issue", "path"],
  ...["file", "mount", "mode", "status", "state", "scope", "scopes", "method", "methods", "class", "prefix", "suffix"],
  ...[
    "size",
    "limit",
    "algorithm",
    "format",
    "source",
    "endpoint",
    "url",
    "uri",
    "region",
    "host",
    "domain",
    "audience",
  ],
  ...[
    "issuer",
    "revision",
    "hash",
    "checksum",
    "rule",
    "rules",
    "role",
    "config",
    "configuration",
    "options",
    "settings",
  ],
]);

/** The words of a name, in whatever way it joins them: `dbPassword`, `DB_PASSWORD`, `db-password`, `db.password`. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "")
    .map((word) => word.replace(/^(.*[a-z])\d+$/, "$1"));
}

/** Whether the value of a property, variable, header or parameter of this name is a secret. */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name);
  // A value that is only written, and its counter: `passwordWo`, `passwordWoVersion`.
  const told = words.at(-1) === "wo" ? words.slice(0, -1) : words;
  const last = told.at(-1);
  const pairs = told.slice(1).map((word, index) => `${told[index]} ${word}`);
  if (pairs.some((pair) => secretPairs.has(pair))) return last === undefined || !endsOther(last, told);
  const isKey = told.some((word, index) => /^keys?$/.test(word) && keyWords.has(told[index - 1] ?? ""));
  const isWord = told.some((word) => secretWords.has(word) || /(?:password|passwd|secretkey|apikey)$/.test(word));
  return (isKey || isWord) && !(last !== undefined && aboutWords.has(last) && told.length > 1);
}

/** A connection's URL is the secret itself. */
function endsOther(last: string, told: readonly string[]): boolean {
  return aboutWords.has(last) && !["url", "uri"].includes(last) && told.length > 2;
}

/** Whether a name alone is a secret's, with nothing before or behind: then a number is one too. */
export function isPlainSecretName(name: string): boolean {
  const words = wordsOf(name);
  return words.length === 1 && secretWords.has(words[0] ?? "");
}

/** Whether a header of this name says who somebody is. */
export function isSecretHeader(name: string): boolean {
  return isSecretName(name) || /^(?:proxy-)?authorization$|cookie|verify|key$|signature|x-origin/i.test(name);
}

/** `--password`, behind which the word is one. */
export function isSecretFlag(argument: unknown): boolean {
  return typeof argument === "string" && /^--?[\w-]+$/.test(argument) && isSecretName(argument);
}
