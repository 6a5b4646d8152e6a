/**
 * A program run as in `pulumi up`, without an engine: what the simulated cloud answers to each resource is what the program
 * is told, so that every output is known, and each resource is made of what the ones before it have answered.
 */
import { rmSync } from "node:fs";
import { packageOf } from "../../cli/engine/program/defaultProvider";
import { Recorder, type RecordedResource } from "../../cli/engine/program/recorder";
import { runProgram } from "../../cli/engine/program/runProgram";
import { familyOf, providerNames } from "../../simulator/catalogue";
import { makeObject } from "../../simulator/engine/make";
import { SimulatedProvider } from "../../simulator/engine/provider";
import type { Family } from "../../simulator/engine/resourceType";
import { unwrap, type Properties } from "../../simulator/engine/values";
import { Store } from "../../simulator/store/store";
import { temporaryFolder } from "../simulator/support/harness";

const created = "2026-01-02T03:04:05.678Z";
const surroundings = { now: () => new Date(created), sleep: () => Promise.resolve() };

/** What the program of a folder registers when its cloud answers; sorted by URN. */
export async function registrationsOfUp(root: string, stack: string): Promise<readonly RecordedResource[]> {
  const folder = temporaryFolder();
  const store = new Store(folder);
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the recorder whose method it is
  const register = Recorder.prototype.register;
  const spy = jest.spyOn(Recorder.prototype, "register").mockImplementation(function (this: Recorder, request) {
    const recorded = register.call(this, request);
    if (!request.custom) return recorded;
    const { id, outputs } = answerOf(this, recorded, store);
    // RecordedResource with its id as well: of what is imported, the recorder keeps one.
    const answered: RecordedResource = { ...recorded, id, outputs };
    this.publish(recorded.urn, outputs);
    ids.set(recorded.urn, id);
    return answered;
  });
  const ids = new Map<string, string>();
  try {
    const { registrations } = await runProgram(root, { stack, timeoutSeconds: 240, env: process.env });
    return registrations.map((one) => {
      const id = ids.get(one.urn);
      return id === undefined ? one : { ...one, id };
    });
  } finally {
    spy.mockRestore();
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

/** Id and outputs of a resource that the simulated cloud has made. */
function answerOf(
  recorder: Recorder,
  recorded: RecordedResource,
  store: Store,
): Pick<RecordedResource, "outputs"> & { id: string } {
  const { urn, type, inputs } = recorded;
  if (type.startsWith("pulumi:")) return { id: `${recorded.name}-id`, outputs: inputs };
  const family = familyOfType(type);
  const found = family.types.find(({ token }) => token === type);
  if (!found) throw new Error(`The simulated cloud does not model ${type}, which ${urn} is.`);
  const settings = family.settings(unwrap(configurationOf(recorder, recorded)).properties);
  const provider = new SimulatedProvider(family, store, surroundings);
  provider.configure(configurationOf(recorder, recorded));
  const checked = provider.check(urn, undefined, inputs);
  if (checked.failures.length > 0) throw new Error(`${urn}: ${checked.failures.map(({ reason }) => reason).join(" ")}`);
  const { properties, secrets } = unwrap(checked.inputs);
  const place = found.placeOf(properties, settings);
  if (place === undefined) throw new Error(`${urn} stands nowhere.`);
  const request = { urn, type: found, inputs: properties, secrets, place, settings, created };
  const made = store.change(() => makeObject(request, store));
  return { id: made.id, outputs: { ...properties, ...made.state } };
}

function familyOfType(type: string): Family {
  const name = providerNames.find((candidate) => candidate === packageOf(type));
  if (name === undefined) throw new Error(`The simulated cloud has no provider for ${type}.`);
  return familyOf(name);
}

function configurationOf(recorder: Recorder, { provider = "" }: RecordedResource): Properties {
  const urn = provider.slice(0, Math.max(0, provider.lastIndexOf("::")));
  return recorder.get(urn)?.inputs ?? {};
}
