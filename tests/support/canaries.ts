/** Secrets of many kinds, each where it really stands in a stack, and each to be known again wherever it comes out. */

type Values = Readonly<Record<string, unknown>>;

/** One kind of secret, as a resource holds it. */
export interface Canary {
  readonly kind: string;
  readonly type: string;
  /** Inputs, and outputs as well, of a resource that holds this word inside of its secret. */
  readonly holds: (word: string) => Values;
  /** Names of outputs that the provider marks, as the engine writes them. */
  readonly additionalSecretOutputs?: readonly string[];
}

const tags = { "duplex:service": "pay", "duplex:tier": "critical" };
const base64 = (text: string) => Buffer.from(text).toString("base64");
const marked = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  plaintext: JSON.stringify(value),
});

const pod = (container: Values) => ({
  ...{
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "pay", labels: { "duplex.dev/tier": "critical" } },
  },
  spec: { replicas: 2, template: { spec: { containers: [{ name: "c", image: "i", ...container }] } } },
});
const container = (more: Values) => ({
  ...{ family: "pay", tags },
  containerDefinitions: JSON.stringify([{ name: "c", image: "i", ...more }]),
});
const described = (text: string) => ({ description: text, tags });
const object = (kind: string, data: Values) => ({ apiVersion: "v1", kind, metadata: { name: "pay" }, ...data });

const deployment = "kubernetes:apps/v1:Deployment";
const task = "aws:ecs/taskDefinition:TaskDefinition";
const topic = "aws:kms/key:Key";

/** Kind, type of the resource, and how it holds the secret. */
const rows: readonly (readonly [string, string, (word: string) => Values, ...(readonly string[])])[] = [
  ["a database's password", "aws:rds/instance:Instance", (word) => ({ password: word, username: "root", tags })],
  ["a cluster's password", "aws:rds/cluster:Cluster", (word) => ({ masterPassword: word, tags })],
  ["a cache's token", "aws:elasticache/replicationGroup:ReplicationGroup", (word) => ({ authToken: word, tags })],
  ["what the engine marks", "aws:sqs/queue:Queue", (word) => ({ name: marked(word), tags })],
  ["what the engine marks in a list", topic, (word) => ({ policy: marked([{ id: word }]), tags })],
  ["what a provider marks", "aws:sns/topic:Topic", (word) => ({ displayName: word, tags }), "displayName"],
  ["a made password", "random:index/randomPassword:RandomPassword", (word) => ({ result: word, length: 20 })],
  ["a Secret's data", "kubernetes:core/v1:Secret", (word) => object("Secret", { data: { word: base64(word) } })],
  ["a Secret's text", "kubernetes:core/v1:Secret", (word) => object("Secret", { stringData: { word } })],
  ["a variable of a pod", deployment, (word) => pod({ env: [{ name: "LEVEL", value: word }] })],
  ["a variable of a task", task, (word) => container({ environment: [{ name: "LEVEL", value: word }] })],
  [
    "a variable of a function",
    "aws:lambda/function:Function",
    (word) => ({ environment: { variables: { LEVEL: word } }, tags }),
  ],
  ["user data", "aws:ec2/instance:Instance", (word) => ({ userData: `#!/bin/sh\necho ${word}`, tags })],
  [
    "user data in base64",
    "aws:ec2/launchTemplate:LaunchTemplate",
    (word) => ({ userData: base64(`#!/bin/sh\necho ${word}`), tags }),
  ],
  ["a word behind a flag", deployment, (word) => pod({ args: ["--db-password", word] })],
  ["a word in a flag", deployment, (word) => pod({ command: ["app", `--api-token=${word}`] })],
  ["an access key of AWS", topic, (word) => described(`made by AKIA${word.toUpperCase()}`)],
  ["a token of GitHub", topic, (word) => described(`ghp_${word}${word}`)],
  ["a token of GitLab", topic, (word) => described(`glpat-${word}${word}`)],
  ["a token of Slack", topic, (word) => described(`xoxb-${word}`)],
  ["a hook of Slack", topic, (word) => described(`https://hooks.slack.com/services/T0/B0/${word}`)],
  ["a JSON web token", topic, (word) => described(`eyJhbGciOiJI.eyJzdWIi${word}.${word}`)],
  ["a key of Google", topic, (word) => described(`AIza${word}${word}`)],
  ["a key of Stripe", topic, (word) => described(`sk_live_${word}`)],
  ["a key of SendGrid", topic, (word) => described(`SG.${word}.${word}`)],
  ["a token of npm", topic, (word) => described(`npm_${word}${word}`)],
  ["a password in an address", topic, (word) => described(`postgres://pay:${word}@db.example/pay`)],
  ["a signed address", topic, (word) => described(`https://b.example/o?X-Amz-Signature=${word}`)],
  ["a bearer's token", topic, (word) => described(`Authorization: Bearer ${word}`)],
  ["a hash of a password", topic, (word) => described(`root:$2y$10$${word}`)],
  [
    "a private key",
    "aws:iam/serverCertificate:ServerCertificate",
    (word) => ({ privateKey: `-----BEGIN RSA PRIVATE KEY-----\n${word}\n-----END RSA PRIVATE KEY-----`, tags }),
  ],
  ["a secret's version", "aws:secretsmanager/secretVersion:SecretVersion", (word) => ({ secretString: word })],
  ["a parameter", "aws:ssm/parameter:Parameter", (word) => ({ type: "SecureString", value: word, tags })],
  ["an access key's secret", "aws:iam/accessKey:AccessKey", (word) => ({ user: "u", secret: word })],
  [
    "a header of an origin",
    "aws:cloudfront/distribution:Distribution",
    (word) => ({
      ...{ enabled: true, tags },
      origins: [{ domainName: "o.example", originId: "o", customHeaders: [{ name: "X-Api-Key", value: word }] }],
    }),
  ],
  [
    "a file of settings",
    "kubernetes:core/v1:ConfigMap",
    (word) => object("ConfigMap", { data: { "app.properties": `LEVEL=1\ndb.password=${word}\n` } }),
  ],
  [
    "a kubeconfig",
    "pulumi:providers:kubernetes",
    (word) => ({
      kubeconfig: JSON.stringify({ users: [{ name: "u", user: { token: word } }], "current-context": "pangyo" }),
    }),
  ],
];

export const canaries: readonly Canary[] = rows.map(([kind, type, holds, ...additionalSecretOutputs]) => ({
  ...{ kind, type, holds },
  ...(additionalSecretOutputs.length === 0 ? {} : { additionalSecretOutputs }),
}));

/** The word of a canary in one version of a stack: letters that nothing else prints, the same as base64 and in capitals. */
export function wordOf(index: number, version: string): string {
  return `q${version}z${String(index).padStart(2, "0")}jkvqwxzzq`;
}

/** Words of these canaries, in any way of writing them, that stand in a text. */
export function leaksIn(text: string, versions: readonly string[]): readonly string[] {
  const plain = text.toLowerCase();
  return canaries.flatMap(({ kind }, index) => {
    const words = versions.map((version) => wordOf(index, version));
    // Where the word stands in the middle of a text in base64, two thirds of it come out the same way.
    const shifted = words.flatMap((word) => [0, 1, 2].map((by) => base64("x".repeat(by) + word).slice(4, 16)));
    const isSeen = words.some((word) => plain.includes(word)) || shifted.some((one) => text.includes(one));
    return isSeen ? [kind] : [];
  });
}

export type CanaryEntry = Values & { readonly urn: string };

/** Entries of a state that hold all canaries. */
export function canaryEntries(version: string): readonly CanaryEntry[] {
  return canaries.map(({ type, holds, additionalSecretOutputs = [] }, index) => {
    const values = { region: "ap-northeast-2", ...holds(wordOf(index, version)) };
    return {
      ...{ urn: `urn:pulumi:prod::shop::${type}::r${index}`, custom: true, id: `r${index}-id`, type },
      ...{ inputs: values, outputs: values, additionalSecretOutputs },
    };
  });
}
