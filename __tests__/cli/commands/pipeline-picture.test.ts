import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pipelinePicture } from "../../../cli/commands/pipeline-picture/picture";
import { rows } from "../../../cli/commands/pipeline-picture/rows";
import { projectFolder } from "../../../cli/lib/toolchain/project";

describe("the picture of the pipeline", () => {
  it("in the documentation is drawn from the definition as it is: npm run pipeline-picture", () => {
    expect(pipelinePicture()).toBe(readFileSync(join(projectFolder, "docs/pipeline.svg"), "utf8"));
  });

  it("shows the gate of prod, and that merge requests plan only", () => {
    const drawn = rows().map(({ occasion, stack, jobs }) =>
      [occasion, stack, ...jobs.map(({ step }) => step)].join(" "),
    );
    expect(drawn).toContain("merge request prod01-us-east-1 plan");
    expect(drawn).toContain("tag v* prod01-us-east-1 plan apply image migrate release rollout");
    const prod = rows().find(({ occasion }) => occasion === "tag v*");
    expect(prod?.jobs.filter(({ waits }) => waits).map(({ step }) => step)).toEqual(["apply"]);
  });
});
