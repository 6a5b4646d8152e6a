/**
 * Exports of stacks that refer to each other: sessions of no declared tier in one stack, and an important login in another
 * that is made with their table's ARN. Each may be deployed any number of times under another name.
 */
type Values = Readonly<Record<string, unknown>>;

export interface SessionsChange {
  readonly stack?: string;
  readonly replicas?: readonly string[];
  /** @default the ARN of the table, and the region */
  readonly outputs?: Values;
}

export const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "x" };

export const sessionsArn = "arn:aws:dynamodb:ap-northeast-2:000000000000:table/sessions-8d4aacd";
export const sessionsUrn = (stack = "prod") => `urn:pulumi:${stack}::data::aws:dynamodb/table:Table::sessions`;
export const loginUrn = (site: string, stack = "prod") =>
  `urn:pulumi:${stack}::app::kubernetes:apps/v1:Deployment::login-${site}`;

/** The table, with a copy in a second region unless it is said otherwise. */
export function sessionsTable({ stack = "prod", replicas = ["ap-northeast-1"] }: SessionsChange = {}) {
  const inputs = {
    region: "ap-northeast-2",
    hashKey: "id",
    attributes: [{ name: "id", type: "S" }],
    streamEnabled: true,
    streamViewType: "NEW_AND_OLD_IMAGES",
    pointInTimeRecovery: { enabled: true },
    deletionProtectionEnabled: true,
    replicas: replicas.map((regionName) => ({ regionName })),
    tags: { "duplex:service": "sessions", "duplex:layer": "store" },
  };
  return {
    ...{ urn: sessionsUrn(stack), custom: true, id: "sessions-8d4aacd", type: "aws:dynamodb/table:Table", inputs },
    outputs: { ...inputs, name: "sessions-8d4aacd", arn: sessionsArn },
  };
}

/** `pulumi stack export` of the stack that holds the table. */
export function sessionsExport(change: SessionsChange = {}) {
  const outputs = change.outputs ?? { table: sessionsArn, region: "ap-northeast-2" };
  return exported("data", change.stack ?? "prod", outputs, [sessionsTable(change)]);
}

export interface LoginChange {
  readonly stack?: string;
  /** Name by which it refers to the other stack. */
  readonly reference?: string;
  /** The value that its pods are told. @default the ARN */
  readonly told?: unknown;
  /** The other stack's outputs, as the reference has read them. @default the ARN of the table, and the region */
  readonly outputs?: Values;
  readonly replicas?: number;
}

/** One Deployment of the login, made from the reference. */
function loginDeployment(site: string, change: LoginChange = {}) {
  const { stack = "prod", reference = "organization/data/prod", told = sessionsArn, replicas = 3 } = change;
  const labels = { app: "login" };
  const annotations = {
    "duplex.dev/service": "login",
    "duplex.dev/tier": "important",
    "duplex.dev/peak-rps": "300",
    "duplex.dev/unit-rps": "100",
  };
  const containers = [{ name: "login", image: "login:1", env: [{ name: "SESSIONS", value: told }] }];
  const object = {
    metadata: { name: "login", namespace: "default", labels, annotations },
    spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels, annotations }, spec: { containers } } },
  }; // prettier-ignore
  return {
    ...{ urn: loginUrn(site, stack), custom: true, id: "default/login", type: "kubernetes:apps/v1:Deployment" },
    ...{ inputs: object, outputs: object, provider: `${providerUrn(site, stack)}::p` },
    propertyDependencies: { metadata: [], spec: [referenceUrn(reference, stack)] },
  };
}

/** `pulumi stack export` of the stack that refers to it: one Deployment in each of two facilities. */
export function loginExport(change: LoginChange = {}) {
  const { stack = "prod", reference = "organization/data/prod" } = change;
  const sites = ["chuncheon", "ansan"];
  const providers = sites.map((site) => ({
    ...{ urn: providerUrn(site, stack), custom: true, id: "p", type: "pulumi:providers:kubernetes" },
    ...{ inputs: { context: site }, outputs: { context: site } },
  }));
  const outputs = change.outputs ?? { table: sessionsArn, region: "ap-northeast-2" };
  const named = {
    ...{ urn: referenceUrn(reference, stack), custom: true, id: reference, type: "pulumi:pulumi:StackReference" },
    ...{ inputs: { name: reference }, outputs: { name: reference, outputs, secretOutputNames: [] }, external: true },
  };
  return exported("app", stack, {}, [named, ...providers, ...sites.map((site) => loginDeployment(site, change))]);
}

function exported(project: string, stack: string, outputs: Values, resources: readonly unknown[]) {
  const root = {
    urn: `urn:pulumi:${stack}::${project}::pulumi:pulumi:Stack::${project}-${stack}`,
    ...{ custom: false, type: "pulumi:pulumi:Stack", outputs },
  };
  return { version: 3, deployment: { manifest: { time: "2022-10-15T15:19:00Z" }, resources: [root, ...resources] } };
}

function providerUrn(site: string, stack: string): string {
  return `urn:pulumi:${stack}::app::pulumi:providers:kubernetes::${site}`;
}

function referenceUrn(reference: string, stack: string): string {
  return `urn:pulumi:${stack}::app::pulumi:pulumi:StackReference::${reference}`;
}
