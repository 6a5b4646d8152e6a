import { nameOfSource } from "../../../report/page/nameOfSource";

test.each([
  ["/srv/build/17/state.json", "prod", "state.json (prod)"],
  ["examples/pangyo-2022/", "dev", "pangyo-2022 (dev)"],
  ["..\\shop\\preview.json", undefined, "preview.json"],
  [".", "prod", "prod"],
  ["<stdin>", "prod", "prod"],
  [".", undefined, "."],
])("%s of stack %s is told as %s", (path, stack, name) => {
  const source = { kind: "state", path, resources: 1, ...(stack === undefined ? {} : { stack }) } as const;
  expect(nameOfSource(source)).toBe(name);
});
