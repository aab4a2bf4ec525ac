import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Command } from "commander";
import { pipelinePicture } from "./pipeline-picture/picture";
import { projectFolder } from "../lib/project";

const file = join(projectFolder, "docs", "pipeline.svg");

new Command("npm run pipeline-picture --")
  .description("Draws the pipeline from its definition into docs/pipeline.svg.")
  .action(() => {
    writeFileSync(file, pipelinePicture());
    console.log(`Drew the pipeline into ${relative(process.cwd(), file)}`);
  })
  .parse();
