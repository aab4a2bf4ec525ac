import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { z } from "zod";
import { pipelineVariables } from "../../../../cli/commands/pipeline/variables";
import { projectFolder } from "../../../../cli/lib/project";

const text = readFileSync(join(projectFolder, "docs/pipeline.md"), "utf8");

describe("the documentation of the pipeline", () => {
  it("names the variables that the first job checks", () => {
    const [table = ""] = /(?<=## The six variables\n)[^]*?(?=\n## )/.exec(text) ?? [];
    const named = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
    expect(named).toEqual(pipelineVariables.map(({ name }) => name));
  });

  it("shows an include with all required inputs of the template", () => {
    const [example = ""] = /(?<=```yaml\n)[^]*?(?=```)/.exec(text) ?? [];
    const included = z
      .object({ include: z.array(z.object({ file: z.string(), inputs: z.record(z.string(), z.string()) })) })
      .parse(parse(example)).include[0];
    const file = readFileSync(join(projectFolder, included?.file ?? ""), "utf8");
    const header: unknown = parseAllDocuments(file)[0]?.toJS();
    const { inputs } = z
      .object({ spec: z.object({ inputs: z.record(z.string(), z.object({ default: z.string().optional() })) }) })
      .parse(header).spec;
    const required = Object.keys(inputs).filter((name) => inputs[name]?.default === undefined);
    expect(Object.keys(included?.inputs ?? {}).sort()).toEqual(required.sort());
  });
});
