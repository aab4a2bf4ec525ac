/** Folders, and the other folders of the project that each may import: cli, main -> policy, stacks -> schema. */
const borders = {
  config: ["schema"],
  schema: [],
  stacks: ["schema"],
  policy: ["schema"],
  emulator: [],
  cli: ["config", "emulator", "policy", "schema", "stacks"],
};

const projectFolders = ["__tests__", "app", ...Object.keys(borders)];

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
        path: `^(main\\.ts$|(${projectFolders.filter((each) => each !== folder && !allowed.includes(each)).join("|")})/)`,
      },
    })),
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
