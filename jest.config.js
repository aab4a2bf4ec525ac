const transform = { "^.+\\.ts$": ["ts-jest", { tsconfig: "tsconfig.json" }] };

/** @type {import("jest").Config} */
module.exports = {
  projects: [
    {
      displayName: "unit",
      runtime: "<rootDir>/jest.runtime.js",
      testEnvironment: "node",
      transform,
      testMatch: ["<rootDir>/__tests__/**/*.test.ts", "<rootDir>/network-paths/__tests__/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/__tests__/e2e/"],
      modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/app"],
    },
    {
      displayName: "emulator",
      testEnvironment: "node",
      transform,
      testMatch: ["<rootDir>/emulator/__tests__/**/*.test.ts"],
    },
    {
      displayName: "e2e",
      testEnvironment: "node",
      transform,
      testMatch: ["<rootDir>/__tests__/e2e/**/*.test.ts"],
      modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/app"],
    },
  ],
};
