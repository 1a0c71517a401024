/** Lint: types are trusted and complete, functions are short, hot files allocate nothing. */
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";
import { allocationFree } from "./scripts/allocation-free.mjs";

/** Files whose functions run in the steady state. What sets up belongs in `make...`, `create...`, constructors. */
const HOT_FILES = [
  "core/policies/*.ts",
  "core/timer-wheel.ts",
  "core/time/*.ts",
  "core/state.ts",
  "core/op.ts",
  "core/sync/*.ts",
];

const TYPESCRIPT = ["**/*.ts"];

export default defineConfig(
  {
    ignores: [
      ".build/",
      "dist/",
      "out/",
      "docs/api/",
      "**/golden/*.lowered.js",
      "tests/conformance/packages/*",
      "tests/ui/*",
      "!tests/ui/*.test.ts",
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    rules: {
      "max-lines": ["error", 400],
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  {
    files: TYPESCRIPT,
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A compute task may not await.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/restrict-plus-operands": ["error", { allowNumberAndString: true }],
      // Our futures are thenables: one that nobody awaits never runs.
      "@typescript-eslint/no-floating-promises": ["error", { checkThenables: true }],
      "@typescript-eslint/no-unnecessary-condition": [
        "error",
        { allowConstantLoopConditions: "only-allowed-literals" },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // The executor notes in `current` which one runs.
      "@typescript-eslint/no-this-alias": ["error", { allowedNames: ["current"] }],
      // What `unbound-method` asks for: `this: void`.
      "@typescript-eslint/no-invalid-void-type": ["error", { allowAsThisParameter: true }],
      // tsc's noUnusedLocals and noUnusedParameters know `declare const x: unique symbol` too.
      "@typescript-eslint/no-unused-vars": "off",
    },
  },
  {
    // Typed-array reads are `number | undefined` under noUncheckedIndexedAccess.
    files: [
      "core/**/*.ts",
      "compiler/**/*.ts",
      "targets/node/threads/**/*.ts",
      "bench/peers/*.ts",
      "examples/*/host.ts",
    ],
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
  {
    // In a test, what is not there throws, and that is a failure with its line.
    files: ["tests/**/*.ts"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
  {
    // A call between two looks at a state may have changed it, which narrowing does not see.
    files: ["core/**/*.ts"],
    rules: { "@typescript-eslint/no-unnecessary-condition": "off" },
  },
  {
    // What programs throw is handed on as it is, and their promises are those of the engine.
    files: ["core/promises/*.ts"],
    rules: {
      "@typescript-eslint/prefer-promise-reject-errors": "off",
      "@typescript-eslint/unbound-method": "off",
      "prefer-spread": "off",
    },
  },
  { files: HOT_FILES, rules: { "no-restricted-syntax": ["error", ...allocationFree] } },
);
