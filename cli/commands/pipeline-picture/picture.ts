import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { projectFolder } from "../../lib/toolchain/project";
import { draw } from "./draw";
import { rows } from "./rows";

const definitionShape = z.record(z.string(), z.unknown());
const jobShape = z.object({ stage: z.string() });

/** Draws the pipeline from `.gitlab-ci.yml` and from what the generator makes. */
export function pipelinePicture(): string {
  const definition = definitionShape.parse(parse(readFileSync(join(projectFolder, ".gitlab-ci.yml"), "utf8")));
  const stages = [".pre", ...z.array(z.string()).parse(definition.stages)];
  const jobs = Object.entries(definition).flatMap(([name, job]) => {
    const { data } = jobShape.safeParse(job);
    return data === undefined ? [] : [{ name, stage: data.stage }];
  });
  const byStage = stages.map((stage) => jobs.filter((job) => job.stage === stage).map(({ name }) => name));
  return draw(byStage, rows());
}
