import { Command } from "commander";

/** The commands by name; each loads only the modules that it needs. ES imports name the file with its extension. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  variables: async () => (await import("./pipeline/variables.js")).variablesCommand(),
  baseline: async () => (await import("./pipeline/baseline.js")).baselineCommand(),
  generate: async () => (await import("./pipeline/generate.js")).generateCommand(),
  plan: async () => (await import("./pipeline/plan.js")).planCommand(),
  apply: async () => (await import("./pipeline/apply.js")).applyCommand(),
  image: async () => (await import("./pipeline/image.js")).imageCommand(),
  migrate: async () => (await import("./pipeline/migrate.js")).migrateCommand(),
  release: async () => (await import("./pipeline/release.js")).releaseCommand(),
  drift: async () => (await import("./pipeline/drift.js")).driftCommand(),
  destroy: async () => (await import("./pipeline/destroy.js")).destroyCommand(),
};

async function pipeline(): Promise<void> {
  const named = commands[process.argv[2] ?? ""];
  const loaders = named === undefined ? Object.values(commands) : [named];
  const program = new Command("npm run pipeline --").description(
    "The jobs of the GitLab pipeline, one command each. See docs/pipeline.md.",
  );
  for (const command of await Promise.all(loaders.map((load) => load()))) program.addCommand(command);
  await program.parseAsync();
}

void pipeline();
