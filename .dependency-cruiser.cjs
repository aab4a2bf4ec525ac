/** Folders, and the other folders of the project that each may import: cli, main -> policy, stacks -> schema; policy -> network-paths. */
const borders = {
  app: [],
  config: ["schema"],
  schema: [],
  stacks: ["schema"],
  "network-paths": [],
  policy: ["network-paths", "schema"],
  emulator: ["network-paths"],
  cli: ["config", "emulator", "policy", "schema", "stacks"],
};

const projectFolders = ["__tests__", ...Object.keys(borders)];
const foldersBut = (...allowed) => projectFolders.filter((each) => !allowed.includes(each)).join("|");

/** Folders that are packages of their own. */
const packages = ["emulator", "network-paths"];

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
    ...packages.flatMap((folder) => [
      {
        name: `${folder}-packages`,
        comment: `${folder}/ is a package: declare what it imports in ${folder}/package.json.`,
        severity: "error",
        from: { path: `^${folder}/`, pathNot: `^${folder}/__tests__/` },
        to: {
          path: `(^|/)node_modules/(?!(${Object.keys(require(`./${folder}/package.json`).dependencies).join("|")})/)`,
        },
      },
      {
        name: `${folder}-entry`,
        comment: `${folder}/ is a package: import it by its name, and nothing below its entry.`,
        severity: "error",
        from: { path: `^(?!(${folder}|__tests__)/)` },
        // What dependency-cruiser calls an import by name: from the project's own folders, and from another package.
        to: { path: `^${folder}/`, dependencyTypesNot: ["aliased-workspace", "undetermined"] },
      },
    ]),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(cdktf\\.out|\\.tools)/" },
    cache: false,
  },
};
