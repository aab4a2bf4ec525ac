import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { program } from "commander";
import { ConfigError, loadStages } from "../config";
import { stageOfStack } from "./chosen";
import { dashboardPicture } from "./dashboard-picture/of-stage";
import { ToolError } from "./toolchain/tool-error";

const file = join(__dirname, "..", "docs", "dashboard.svg");

program
  .name("dashboard-picture")
  .description("Draws the dashboard of a stack from its definition into docs/dashboard.svg.")
  .argument("[stack]", "stack whose dashboard is drawn", "prod01-us-east-1")
  .action((stack: string) => {
    writeFileSync(file, pictureOf(stack));
    console.log(`Drew the dashboard of ${stack} into ${relative(process.cwd(), file)}`);
  });

function pictureOf(stack: string): string {
  const picture = dashboardPicture(stageOfStack(loadStages(), stack));
  if (picture === undefined) {
    throw new ToolError(`${stack} has no dashboard; write operations: {} into its stage file, or name another stack`);
  }
  return picture;
}

try {
  program.parse();
} catch (error) {
  if (!(error instanceof ToolError) && !(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
