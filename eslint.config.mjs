import js from "@eslint/js";
import jest from "eslint-plugin-jest";
import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";
import house from "./tools/house/house.json" with { type: "json" };

/** Folders of product code, whose arrows `.dependency-cruiser.cjs` holds. */
const product = house.folders.map(({ name }) => `${name}/**/*.ts`);
const tools = ["tools/**/*.{js,cjs}", "benchmarks/**/*.js", "*.{ts,js,cjs,mjs}"];

/** What a reader sees at once: a function on a screen, a file in a sitting. */
const sizes = {
  "max-lines-per-function": ["error", { max: 70, IIFEs: true }],
  "max-lines": ["error", 300],
};

/** The formatter wins: what does not fit its lines is a table for a file of data, or a sentence too long. */
const formatterWins = {
  "max-len": ["error", { code: 120, ignoreUrls: true }],
  "no-warning-comments": ["error", { terms: ["prettier-ignore"], location: "anywhere" }],
};

export default tseslint.config(
  { ignores: ["node_modules", "dist", ".duplex", "coverage", "policies/bin"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      // Node's own runner waits for the tests that a file declares.
      "@typescript-eslint/no-floating-promises": [
        "error",
        { allowForKnownSafeCalls: [{ from: "package", package: "node:test", name: ["test"] }] },
      ],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true, argsIgnorePattern: "^_" }],
    },
  },
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
  // After prettier's own, which turns every rule of length off.
  { files: [...product, ...tools], rules: { ...sizes, ...formatterWins } },
);
