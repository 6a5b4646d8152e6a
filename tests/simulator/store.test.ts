/** The store: safe against a kill at any moment, one writer at a time, all or nothing. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, statSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { open } from "lmdb";
import { Store } from "../../simulator/store/store";
import { bundle, environment } from "./support/bundle";
import { temporaryFolder } from "./support/harness";
import { thing, type } from "./support/writer";

let folder: string;
const stores: Store[] = [];

function openStore(): Store {
  const store = new Store(folder);
  stores.push(store);
  return store;
}

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  rmSync(folder, { recursive: true });
});

test.each([30, 75])("after a kill behind %d writes every object that was told of is there, whole", async (writes) => {
  const child = spawn(process.execPath, [bundle("tests/simulator/support/writer.ts", folder), "write", folder], {
    env: environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const told: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    told.push(Number(line));
    if (told.length === writes) child.kill("SIGKILL");
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  expect(child.signalCode).toBe("SIGKILL");
  const store = openStore();
  expect(told.length).toBeGreaterThanOrEqual(writes);
  for (const index of told) {
    expect(store.get(thing(index))).toEqual(thing(index));
    expect(store.ofUrn(thing(index).urn)).toEqual([thing(index)]);
    expect(store.holder(`name-${index}`)).toEqual(thing(index));
    expect(store.find([type], "elsewhere", thing(index).handles[0] ?? "")).toEqual(thing(index));
  }
  const all = [...store.objects()];
  // One write may have reached the disk without its line having been written.
  expect(all.length - told.length).toBeGreaterThanOrEqual(0);
  expect(all.length - told.length).toBeLessThanOrEqual(1);
  expect(store.users(thing(0))).toHaveLength(all.length - 1);
});

test("what is thrown inside of a change takes all of it back", () => {
  const store = openStore();
  expect(() =>
    store.change(() => {
      store.put(thing(1));
      throw new Error("no");
    }),
  ).toThrow("no");
  expect([...store.objects()]).toEqual([]);
  expect(store.holder("name-1")).toBeUndefined();
});

test("a change of names and uses leaves nothing of the old ones", () => {
  const store = openStore();
  store.change(() => {
    store.put(thing(0));
    store.put(thing(1));
  });
  store.change(() => store.put({ ...thing(1), names: ["other"], handles: [], uses: [] }));
  expect(store.holder("name-1")).toBeUndefined();
  expect(store.holder("other")?.id).toBe("thing-1");
  expect(store.users(thing(0))).toEqual([]);
  store.change(() => store.remove(thing(1)));
  expect(store.holder("other")).toBeUndefined();
  expect(store.ofUrn(thing(1).urn)).toEqual([]);
});

test("is open to its owner alone, for it holds secrets", () => {
  openStore();
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test("a store of another version is refused, and left as it is", async () => {
  await openStore().close();
  stores.pop();
  const raw = open<unknown>({ path: `${folder}/cloud.mdb`, encoding: "json" });
  await raw.put(["stamp"], { version: 99, cloud: "SIMULATED", seed: "" });
  await raw.close();
  expect(() => new Store(folder)).toThrow(/version 99.*version 1.*DPX516/);
});

test("a folder that cannot be made is refused in one line", () => {
  const file = `${folder}/file`;
  writeFileSync(file, "");
  expect(() => new Store(`${file}/below`)).toThrow(/cannot be opened in .*file\/below.*DPX500/);
});
