import { Command } from "commander";
import { applyCommand } from "./pipeline/apply";
import { baselineCommand } from "./pipeline/baseline";
import { destroyCommand } from "./pipeline/destroy";
import { driftCommand } from "./pipeline/drift";
import { generateCommand } from "./pipeline/generate";
import { imageCommand } from "./pipeline/image";
import { migrateCommand } from "./pipeline/migrate";
import { planCommand } from "./pipeline/plan";
import { releaseCommand } from "./pipeline/release";
import { variablesCommand } from "./pipeline/variables";

void new Command("npm run pipeline --")
  .description("The jobs of the GitLab pipeline, one command each. See docs/pipeline.md.")
  .addCommand(variablesCommand())
  .addCommand(baselineCommand())
  .addCommand(generateCommand())
  .addCommand(planCommand())
  .addCommand(applyCommand())
  .addCommand(imageCommand())
  .addCommand(migrateCommand())
  .addCommand(releaseCommand())
  .addCommand(driftCommand())
  .addCommand(destroyCommand())
  .parseAsync();
