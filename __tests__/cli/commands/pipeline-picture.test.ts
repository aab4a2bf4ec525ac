import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pipelinePicture, rows } from "../../../cli/commands/pipeline-picture/picture";
import { projectFolder } from "../../../cli/lib/project";

describe("the picture of the pipeline", () => {
  it("in the documentation agrees with the definition; else run npm run pipeline-picture", () => {
    expect(pipelinePicture()).toBe(readFileSync(join(projectFolder, "docs/pipeline.svg"), "utf8"));
  });

  it("shows the manual approval of prod, and that merge requests only plan", () => {
    const drawn = rows().map(({ trigger, stack, jobs }) => [trigger, stack, ...jobs.map(({ step }) => step)].join(" "));
    expect(drawn).toContain("merge request prod01-us-east-1 plan");
    expect(drawn).toContain("tag v* prod01-us-east-1 plan apply image migrate release rollout");
    const prod = rows().find(({ trigger }) => trigger === "tag v*");
    expect(prod?.jobs.filter(({ isManual }) => isManual).map(({ step }) => step)).toEqual(["apply"]);
  });
});
