/** Folders, and the other folders of the project that each may import: cli, main -> policy, stacks -> schema. */
const borders = {
  app: [],
  config: ["schema"],
  schema: [],
  stacks: ["schema"],
  policy: ["schema"],
  emulator: [],
  cli: ["config", "emulator", "policy", "schema", "stacks"],
};

const projectFolders = ["__tests__", ...Object.keys(borders)];
const foldersBut = (...allowed) => projectFolders.filter((each) => !allowed.includes(each)).join("|");

/** Packages that the emulated AWS may import: those of its own package.json, and Node.js's. */
const emulatorPackages = Object.keys(require("./emulator/package.json").dependencies).join("|");

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycle",
      comment: "Move what both files need into a third one, or fold the two. Type-only imports count.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    ...Object.entries(borders).map(([folder, allowed]) => ({
      name: `${folder}-border`,
      comment: `${folder}/ may import ${allowed.length === 0 ? "no other folder of the project" : `only ${allowed.join(", ")}`}.`,
      severity: "error",
      from: { path: `^${folder}/` },
      to: {
        path: `^(${folder === "cli" ? "main\\.ts" : "[^/]+"}$|(${foldersBut(folder, ...allowed)})/)`,
        // Node.js's modules, and packages that are not installed, as those of app/ in a clean checkout, have no folder.
        dependencyTypesNot: ["core"],
        couldNotResolve: false,
      },
    })),
    {
      name: "tests-config",
      comment: "config/ is a team's own: tests import __tests__/fixtures/config.",
      severity: "error",
      from: { path: "^__tests__/" },
      to: { path: "^config/" },
    },
    {
      name: "main-border",
      comment: "main.ts synthesizes what config/ describes: it imports policy, schema and stacks.",
      severity: "error",
      from: { path: "^main\\.ts$" },
      to: { path: `^(${foldersBut("policy", "schema", "stacks")})/` },
    },
    {
      name: "cdktf-public-api",
      comment: 'CDKTF is archived, and its fork keeps the public API only: import from "cdktf".',
      severity: "error",
      from: { path: "^(stacks/|main\\.ts$)" },
      to: { path: "(^|/)node_modules/cdktf/(?!lib/index\\.)" },
    },
    {
      name: "cli-lib-border",
      comment: "What two commands share is in cli/lib/, which imports no command.",
      severity: "error",
      from: { path: "^cli/lib/" },
      to: { path: "^cli/commands/" },
    },
    {
      name: "emulator-packages",
      comment: "The emulated AWS is a package: declare what it imports in emulator/package.json.",
      severity: "error",
      from: { path: "^emulator/", pathNot: "^emulator/__tests__/" },
      to: { path: `(^|/)node_modules/(?!(${emulatorPackages})/)` },
    },
    {
      name: "emulator-entry",
      comment: "The emulated AWS is a package: import it by its name, and nothing below its entry.",
      severity: "error",
      from: { path: "^(cli|main\\.ts)" },
      to: { path: "^emulator/(?!index\\.ts$)" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(cdktf\\.out|\\.tools)/" },
    cache: false,
  },
};
