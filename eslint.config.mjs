import tseslint from "typescript-eslint";

const noBarrel = {
  paths: [
    {
      name: "@cdktf/provider-aws",
      message: "import from @cdktf/provider-aws/lib/<resource>: the barrel loads every AWS resource (8 s, 700 MB)",
    },
  ],
};

export default tseslint.config(
  { ignores: ["node_modules/", "cdktf.out/", "app/", ".tools/", "**/*.d.ts"] },
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
    files: ["main.ts", "config/**/*.ts", "schema/**/*.ts", "stacks/**/*.ts", "policy/**/*.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "a difference between environments is a value in config/" },
      ],
    },
  },
);
