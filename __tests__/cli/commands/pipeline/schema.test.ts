import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments, stringify } from "yaml";
import { documentsOf, partsOf } from "../../../../cli/commands/pipeline/generate/documents";
import { steps } from "../../../../cli/commands/pipeline/generate/work";
import { projectFolder } from "../../../../cli/lib/project";
import { prod, stackWith } from "./generate/stack";
import { gitlabSchema } from "./gitlab-schema";

const isValid = gitlabSchema();

/** The errors of the schema in a definition. */
function problems(definition: unknown): unknown {
  return isValid(definition) ? [] : isValid.errors;
}

describe("GitLab's own schema", () => {
  const files = [".gitlab-ci.yml", ...readdirSync(join(projectFolder, "ci")).map((name) => `ci/${name}`)];

  it.each(files.filter((name) => name.endsWith(".yml")))("accepts %s", (file) => {
    // As GitLab does, before it looks at the jobs.
    const text = readFileSync(join(projectFolder, file), "utf8").replace("$[[ inputs.when ]]", "manual");
    const documents = parseAllDocuments(text.replace(/\$\[\[ inputs\.([\w-]+) \]\]/g, "$1"));
    expect("empty" in documents ? ["empty"] : documents.flatMap((document) => problems(document.toJS()))).toEqual([]);
  });

  const work = [stackWith(), prod].map((stack) => ({ stack, steps }));
  const generated = new Map([
    ...documentsOf(partsOf(work), "pipeline/children"),
    ["nothing to do", documentsOf([], "pipeline/children").get("child.yml")],
  ]);

  it.each([...generated.keys()])("accepts the generated %s", (name) => {
    expect(problems(parse(stringify(generated.get(name))))).toEqual([]);
  });

  it("finds a mistake", () => {
    expect(problems({ job: { script: ["true"], artifacts: { paths: "all" } } })).not.toEqual([]);
  });
});

describe("the templates", () => {
  const templates = readFileSync(join(projectFolder, "ci/stack.yml"), "utf8");

  it("have a job for every step", () => {
    const definition: unknown = parse(templates);
    expect(definition).toMatchObject(Object.fromEntries(steps.map((step) => [`.${step}`, { stage: step }])));
  });

  it("restrict artifacts to developers, and to one day", () => {
    expect(parse(templates)).toMatchObject({
      ".stack": { artifacts: { access: "developer", expire_in: "1 day", paths: ["pipeline/$STACK/"] } },
    });
  });
});
