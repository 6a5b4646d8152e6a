/** One suite for every modelled type, spoken over gRPC: what a provider owes the engine, whatever the type. */
import { familyOf, modelledTypes, providerNames, type ProviderName } from "../../simulator/catalogue";
import { object, UNKNOWN } from "../../simulator/engine/values";
import { awsExamples } from "./support/awsExamples";
import type { Example, Examples } from "./support/example";
import { startProvider, urnOf, type Answer, type Harness, type Json } from "./support/harness";
import { kubernetesExamples, randomExamples } from "./support/otherExamples";

const examples: Readonly<Record<ProviderName, Examples>> = {
  aws: awsExamples,
  kubernetes: kubernetesExamples,
  random: randomExamples,
};

/** Types whose creation tells nothing that the program did not say. */
const withoutOutputs = new Set([
  "aws:acm/certificateValidation:CertificateValidation",
  "aws:lambda/permission:Permission",
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",
  "aws:lb/targetGroupAttachment:TargetGroupAttachment",
  "aws:ec2/routeTableAssociation:RouteTableAssociation",
  "aws:backup/restoreTestingSelection:RestoreTestingSelection",
  "aws:backup/selection:Selection",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:s3/bucketVersioning:BucketVersioning",
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  "aws:s3/bucketPolicy:BucketPolicy",
  // A pet's name is its id.
  "random:index/randomPet:RandomPet",
]);

interface Made extends Answer {
  readonly urn: string;
  readonly inputs: Json;
}

/** Makes examples, each once, with what they stand on. */
class Maker {
  private readonly made = new Map<string, Promise<Made>>();

  constructor(
    private readonly harness: Harness,
    private readonly all: Examples,
  ) {}

  readonly outputsOf = async (name: string): Promise<Json> => {
    const { id, state } = await this.make(name);
    return { ...state, id };
  };

  make(name: string): Promise<Made> {
    const made = this.made.get(name) ?? this.create(name);
    this.made.set(name, made);
    return made;
  }

  /** Inputs as the engine holds them after Check. */
  async checked(name: string, patch: Json = {}, olds?: Json): ReturnType<Harness["check"]> {
    const { token, inputs } = this.example(name);
    return this.harness.check(urnOf(token, name), { ...(await inputs(this.outputsOf)), ...patch }, olds);
  }

  example(name: string): Example {
    const example = this.all[name];
    if (!example) throw new Error(`There is no example "${name}".`);
    return example;
  }

  private async create(name: string): Promise<Made> {
    const { inputs, failures } = await this.checked(name);
    if (failures.length > 0) throw new Error(`The example "${name}" is refused: ${failures.join(" ")}`);
    const urn = urnOf(this.example(name).token, name);
    return { urn, inputs, ...(await this.harness.create(urn, inputs)) };
  }
}

let harness: Harness;
let maker: Maker;

function useProvider(provider: ProviderName): void {
  beforeEach(async () => {
    harness = await startProvider(provider);
    maker = new Maker(harness, examples[provider]);
  });
  afterEach(() => harness.stop());
}

describe.each(providerNames)("%s", (provider) => {
  const all = examples[provider];
  useProvider(provider);

  test("has an example for every modelled type, and none for others", () => {
    const modelled = modelledTypes().flatMap((type) => (type.provider === provider ? [type.token] : []));
    const shown = new Set(Object.values(all).map((example) => example.token));
    expect([...shown].sort()).toEqual(modelled);
    expect(Object.keys(familyOf(provider).schema().resources).sort()).toEqual(modelled);
  });

  describe.each(named(all))("%s (%s)", (token, name) => {
    test("previews with unknowns what creation then tells", async () => {
      const { inputs } = await maker.checked(name);
      const previewed = await harness.preview(urnOf(token, name), inputs);
      const { state } = await maker.make(name);
      const told = Object.keys(state).filter((key) => key !== "id");
      expect(Object.keys(previewed).sort()).toEqual(told.sort());
      expect(JSON.stringify(previewed).includes(UNKNOWN)).toBe(!withoutOutputs.has(token));
      expect(JSON.stringify(state)).not.toContain(UNKNOWN);
      expect(harness.cloud.list(token).filter((each) => each.urn === urnOf(token, name))).toHaveLength(1);
    });

    test("keeps the inputs among the outputs and says SIMULATED", async () => {
      const { inputs, state, id } = await maker.make(name);
      expect(id).not.toBe("");
      expect(state).toMatchObject(withoutMetadata(inputs));
      expect(marksOf(state).filter((mark) => mark !== "SIMULATED")).toEqual([]);
    });

    test("shows no difference when nothing has changed", async () => {
      const { urn, id, state, inputs } = await maker.make(name);
      const again = await maker.checked(name, {}, inputs);
      expect(again).toEqual({ inputs, failures: [] });
      const diff = await harness.diff(urn, id, state, inputs, again.inputs);
      expect(diff.changes).toBe(1);
      expect(diff.detaileddiffMap).toEqual([]);
    });

    test("is read by its id alone, and as it was made", async () => {
      const { urn, id, state, inputs } = await maker.make(name);
      const imported = await harness.read(urn, state["region"] === "ap-northeast-1" ? `${id}@ap-northeast-1` : id);
      expect(imported).toEqual({ id, state, inputs });
      expect(await harness.read(urn, id, state, inputs)).toEqual({ id, state, inputs });
    });

    test("refuses a mistake by naming the property", async () => {
      const { mistake } = maker.example(name);
      const { failures } = await maker.checked(name, mistake.inputs);
      expect(failures.some((each) => each.startsWith(`${mistake.property}: `))).toBe(true);
      expect(failures.every((each) => /\[DPX5\d\d\]$/.test(each))).toBe(true);
    });

    test("is made once, though a killed run asks twice", async () => {
      const { urn, id, inputs } = await maker.make(name);
      const again = await harness.create(urn, (await maker.checked(name)).inputs);
      expect(again.id).toBe(id);
      expect(harness.cloud.ofUrn(urn)).toHaveLength(1);
      expect((await maker.checked(name)).inputs).toEqual(inputs);
    });

    test("shows to a refresh what somebody changed behind the engine's back", async () => {
      const { urn, id, state, inputs } = await maker.make(name);
      const key = { type: token, place: harness.cloud.ofUrn(urn)[0]?.place ?? "", id };
      harness.cloud.drift(key, { drifted: "yes" });
      const seen = await harness.read(urn, id, state, inputs);
      expect(seen?.inputs).toEqual({ ...inputs, drifted: "yes" });
      expect(seen?.state).toMatchObject({ drifted: "yes" });
      harness.cloud.remove(key);
      expect(await harness.read(urn, id, state, inputs)).toBeUndefined();
    });

    test("is deleted, and deleted again without complaint", async () => {
      const { urn, id, state } = await maker.make(name);
      await harness.delete(urn, id, state);
      expect(harness.cloud.ofUrn(urn)).toEqual([]);
      expect(await harness.read(urn, id, state)).toBeUndefined();
      await harness.delete(urn, id, state);
    });
  });
});

/** Random values stand nowhere, and each change draws them anew: neither suite is for that provider. */
describe.each(["aws", "kubernetes"] as const)("%s", (provider) => {
  const all = examples[provider];
  useProvider(provider);

  test.each(changeable(all))("%s (%s) is updated in place", async (_token, name) => {
    const change = maker.example(name).change as Json;
    const { urn, id, state, inputs } = await maker.make(name);
    const { inputs: news, failures } = await maker.checked(name, change, inputs);
    expect(failures).toEqual([]);
    const diff = await harness.diff(urn, id, state, inputs, news);
    expect(diff.replacesList).toEqual([]);
    expect(diff.diffsList.length).toBeGreaterThan(0);
    const updated = await harness.update(urn, id, state, news);
    expect(updated).toMatchObject(withoutMetadata(news));
    expect(await harness.read(urn, id, updated, news)).toEqual({ id, state: updated, inputs: news });
  });

  test.each(named(all))("%s (%s) does not answer while its site is lost", async (_token, name) => {
    const { urn, id, state, inputs } = await maker.make(name);
    const { kind, name: site } = familyOf(provider).endpointOf(harness.cloud.ofUrn(urn)[0]?.place ?? "");
    harness.cloud.lose(kind, site);
    for (const failing of [
      harness.read(urn, id, state, inputs),
      harness.update(urn, id, state, inputs),
      harness.delete(urn, id, state),
      harness.create(`${urn}-second`, inputs),
    ]) {
      await expect(failing).rejects.toThrow(new RegExp(`${site} is lost.*DPX513`));
    }
    harness.cloud.restore(kind, site);
    expect(await harness.read(urn, id, state, inputs)).toEqual({ id, state, inputs });
  });
});

test("every example without a change in place says why", () => {
  const reasons = Object.values(examples).flatMap((all) =>
    Object.values(all).flatMap(({ token, change }) => (isUnchangeable(change) ? [`${token}: ${change.none}`] : [])),
  );
  expect(reasons.filter((each) => !each.startsWith("random:")).sort()).toEqual([
    "aws:acm/certificateValidation:CertificateValidation: every change makes a new object",
    "aws:backup/selection:Selection: every change makes a new object",
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration: every change makes a new object",
    "aws:ec2/routeTableAssociation:RouteTableAssociation: only the table changes in place, and one table is enough here",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment: every change makes a new object",
    "aws:kms/alias:Alias: only the key changes in place, and one key is enough here",
    "aws:lambda/permission:Permission: every change makes a new object",
    "aws:lb/targetGroupAttachment:TargetGroupAttachment: every change makes a new object",
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig: a change needs the other bucket's ARN, which the test does not hold",
  ]);
});

function named(all: Examples): readonly (readonly [token: string, name: string])[] {
  return Object.entries(all).map(([name, { token }]) => [token, name]);
}

function changeable(all: Examples): readonly (readonly [token: string, name: string])[] {
  return named(all).filter(([, name]) => !isUnchangeable(all[name]?.change));
}

function isUnchangeable(change: Example["change"] | undefined): change is { readonly none: string } {
  return typeof change?.["none"] === "string";
}

/** What an object says of the cloud that it is in: tag, annotation, partition and account of its ARN. */
function marksOf(state: Json): readonly unknown[] {
  const annotations = object(object(state["metadata"])["annotations"]);
  const arn = typeof state["arn"] === "string" ? state["arn"] : undefined;
  return [
    ...("tagsAll" in state ? [object(state["tagsAll"])["duplex:cloud"]] : []),
    ...("metadata" in state ? [annotations["duplex.dev/cloud"]] : []),
    ...(arn === undefined ? [] : [/^arn:aws-simulated:[^:]*:[^:]*:(000000000000)?:/.test(arn) ? "SIMULATED" : arn]),
  ];
}

/** Kubernetes adds to the metadata; the tests look at it apart. */
function withoutMetadata(inputs: Json): Json {
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== "metadata"));
}
