import js from "@eslint/js";
import jest from "eslint-plugin-jest";
import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";

/** The arrows of docs/decisions/0001: each folder, and the folders that it may not import. */
const forbidden = {
  lib: [
    "model",
    "survival",
    "estate",
    "inventory",
    "policies",
    "drift",
    "components",
    "simulator",
    "cli",
    "report",
    "node:*",
    "@pulumi/*",
  ],
  model: [
    "survival",
    "estate",
    "inventory",
    "policies",
    "drift",
    "components",
    "simulator",
    "cli",
    "report",
    "node:*",
    "@pulumi/*",
  ],
  survival: [
    "estate",
    "inventory",
    "policies",
    "drift",
    "components",
    "simulator",
    "cli",
    "report",
    "node:*",
    "@pulumi/*",
  ],
  estate: ["inventory", "policies", "drift", "components", "simulator", "cli", "report", "@pulumi/*"],
  inventory: ["survival", "policies", "drift", "components", "simulator", "cli", "report", "@pulumi/*"],
  policies: ["drift", "components", "simulator", "cli", "report", "@pulumi/aws*", "@pulumi/kubernetes*"],
  drift: ["components", "simulator", "cli", "report", "node:*", "@pulumi/*"],
  components: ["inventory", "policies", "drift", "simulator", "cli", "report"],
  simulator: ["inventory", "policies", "drift", "components", "cli", "report", "estate", "survival", "model"],
  report: ["components", "simulator", "cli", "@pulumi/*"],
};

const arrows = Object.entries(forbidden).map(([folder, names]) => ({
  files: [`${folder}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: names.map((name) => ({
          group:
            name.includes(":") || name.startsWith("@")
              ? [name]
              : [`../${name}`, `../${name}/*`, `../../${name}`, `../../${name}/*`],
          message: `${folder}/ may not import ${name}: see docs/decisions/0001.`,
        })),
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ["node_modules", "dist", ".duplex", "coverage", "policies/bin"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
    },
  },
  ...arrows,
  {
    files: ["**/*.{js,cjs}"],
    languageOptions: {
      sourceType: "commonjs",
      globals: {
        require: "readonly",
        module: "writable",
        process: "readonly",
        console: "readonly",
        __dirname: "readonly",
        Buffer: "readonly",
        setTimeout: "readonly",
        clearTimeout: "readonly",
      },
    },
  },
  { files: ["tests/**/*.ts"], ...jest.configs["flat/recommended"] },
  prettier,
);
