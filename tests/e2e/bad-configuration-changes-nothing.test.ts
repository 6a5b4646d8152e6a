/** Mistakes in the estate's file: all of them in one run, no stack trace, nothing half-applied. */
import fs from "node:fs";
import path from "node:path";
import { openCloud } from "../../simulator/control";
import { simulatedStack, type SimulatedStack } from "../support/engine";

jest.setTimeout(300_000);

let stack: SimulatedStack;

beforeAll(async () => {
  stack = await simulatedStack();
  await stack.init("prod");
});

afterAll(() => stack.remove());

async function upWith(change: (settings: string) => string) {
  const settings = path.join(stack.folder, "Pulumi.changed.yaml");
  const original = fs.readFileSync("Pulumi.prod.yaml", "utf8");
  const changed = change(original);
  expect(changed).not.toBe(original);
  fs.writeFileSync(settings, changed);
  return stack.pulumi("up", "-s", "prod", "--yes", "--skip-preview", "--config-file", settings);
}

async function expectNothingMade() {
  const cloud = openCloud(stack.cloud);
  try {
    expect(cloud.list()).toEqual([]);
  } finally {
    await cloud.close();
  }
}

it("names every mistake with path, value and what to write, and makes nothing", async () => {
  const up = await upWith((settings) =>
    settings
      .replace("peakRps: 1200000", "peakRps: -1")
      .replace("tier: critical", "tier: platinum")
      .replace("sites: [chuncheon, ansan, seoul, tokyo]", "sites: [chuncheon, ansann]"),
  );
  expect(up.code).not.toBe(0);
  expect(up.text).toMatch(/services\[0\]\.peakRps[^\n]*-1/);
  expect(up.text).toMatch(/services\[0\]\.tier[^\n]*platinum/);
  expect(up.text).toMatch(/services\[0\]\.sites[^\n]*ansann/);
  expect(up.text).not.toMatch(/^\s+at .+:\d+:\d+/m);
  await expectNothingMade();
});

it("refuses a service in one site only, and makes nothing", async () => {
  const up = await upWith((settings) =>
    settings.replace("sites: [chuncheon, ansan, seoul, tokyo]", "sites: [chuncheon]"),
  );
  expect(up.code).not.toBe(0);
  expect(up.text).toMatch(/DPX1\d\d|DPX2\d\d/);
  expect(up.text).not.toMatch(/^\s+at .+:\d+:\d+/m);
  await expectNothingMade();
});
