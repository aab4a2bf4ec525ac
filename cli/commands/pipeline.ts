import { Command } from "commander";
import { applyCommand } from "./pipeline/apply/command";
import { baseCommand } from "./pipeline/base/command";
import { destroyCommand } from "./pipeline/destroy/command";
import { driftCommand } from "./pipeline/drift/command";
import { generateCommand } from "./pipeline/generate/command";
import { imageCommand } from "./pipeline/image/command";
import { migrateCommand } from "./pipeline/migrate/command";
import { planCommand } from "./pipeline/plan/command";
import { releaseCommand } from "./pipeline/release/command";
import { variablesCommand } from "./pipeline/variables/command";

void new Command("npm run pipeline --")
  .description("What the jobs of the pipeline do, one command each.")
  .addCommand(variablesCommand())
  .addCommand(baseCommand())
  .addCommand(generateCommand())
  .addCommand(planCommand())
  .addCommand(applyCommand())
  .addCommand(imageCommand())
  .addCommand(migrateCommand())
  .addCommand(releaseCommand())
  .addCommand(driftCommand())
  .addCommand(destroyCommand())
  .parseAsync();
