import tseslint from "typescript-eslint";

const noBarrel = {
  paths: [
    {
      name: "@cdktf/provider-aws",
      message: "import from @cdktf/provider-aws/lib/<resource>: the barrel loads every AWS resource (8 s, 700 MB)",
    },
  ],
};

const ownFixtures = "config/ is a team's own, and may contain anything: use __tests__/fixtures/config.ts";

/** What reads the project's config/ where a folder is left out. */
const defaultFolder = (message) => [
  { selector: "CallExpression[callee.name=/^load(Stages|Configuration)$/][arguments.length=0]", message },
  { selector: 'CallExpression[callee.name="loadAccounts"][arguments.length<2]', message },
];

/** Other ways by which a test reads the project's config/: its path, a copy of it, and a command that has no --config. */
const ownConfig = [
  "CallExpression[callee.name=/^(join|resolve)$/][arguments.0.name=/^project/] > Literal[value=/^config(\\/|$)/]",
  'ArrayExpression:has(Literal[value="schema"]) > Literal[value="config"]',
  'CallExpression:has(Property[key.name="cwd"][value.name=/^project/]):has(Literal[value=/^(cli\\/commands\\/(?!guard)|main\\.ts)/]):not(:has(Literal[value="--config"]))',
].map((selector) => ({ selector, message: ownFixtures }));

export default tseslint.config(
  // The last one imports a package that is installed elsewhere.
  { ignores: ["node_modules/", "cdktf.out/", "app/", ".tools/", "**/*.d.ts", "cli/commands/bench/aws-cdk.ts"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "no-restricted-imports": ["error", noBarrel],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-explicit-any": "error",
    },
  },
  {
    files: ["__tests__/**/*.ts"],
    ignores: ["__tests__/config.test.ts", "__tests__/e2e/config.test.ts"],
    rules: { "no-restricted-syntax": ["error", ...defaultFolder(ownFixtures), ...ownConfig] },
  },
  {
    files: ["cli/**/*.ts"],
    rules: { "no-restricted-syntax": ["error", ...defaultFolder("a command takes --config: use configOption()")] },
  },
  {
    files: ["main.ts", "config/**/*.ts", "schema/**/*.ts", "stacks/**/*.ts", "policy/**/*.ts", "network-paths/**/*.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "a difference between environments is a value in config/" },
      ],
    },
  },
);
