/**
 * Fast transform (types are checked by `npm run typecheck`). Engine tests run in a project of their own, one at a time.
 */
const transform = {
  "^.+\\.ts$": [
    "@swc/jest",
    { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
  ],
};
const common = {
  testEnvironment: "node",
  transform,
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/.duplex"],
};

module.exports = {
  projects: [
    {
      ...common,
      displayName: "unit",
      testMatch: ["<rootDir>/tests/**/*.test.ts"],
      testPathIgnorePatterns: ["/tests/e2e/", "/tests/scheduler/"],
    },
    { ...common, displayName: "e2e", testMatch: ["<rootDir>/tests/e2e/**/*.test.ts"] },
    // On a real control plane of Kubernetes: docs/scheduler.md.
    { ...common, displayName: "scheduler", testMatch: ["<rootDir>/tests/scheduler/**/*.test.ts"] },
  ],
};
