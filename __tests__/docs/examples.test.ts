import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { App } from "cdktf";
import ts from "typescript";
import { projectFolder, toolsFolder } from "../../cli/lib/project";
import { checkPolicy } from "../../policy/validate";
import { loadAccounts, loadStages, stackName, type StageConfig } from "../../schema";
import { stageSchema } from "../../schema/stage";
import { StageStack } from "../../stacks/stage-stack";
import { fixtureConfig } from "../fixtures/config";
import { guide, pageOf, type Block } from "./pages";

const stageFile = "dev/dev04/us-east-1-dev04.ts";
const accountFile = "accounts/appname-dev/us-east-1.ts";

const examples = guide.flatMap(({ blocks }) => blocks.filter(({ language }) => language === "ts"));
const isStage = ({ text }: Block) => text.includes("defineStage");
const isAccount = ({ text }: Block) => text.includes("defineAccount");

/** The complete stage file of which other examples show a part. */
const [complete = ""] = pageOf("docs/stage-files.md")
  .blocks.filter(isStage)
  .map(({ text }) => text);
const [report = ""] = pageOf("docs/stage-files.md")
  .blocks.filter(({ text }) => /^\d+ problems in the configuration/.test(text))
  .map(({ text }) => text);

/** A complete stage file, with the imports that an example leaves out. */
function withImports(text: string): string {
  return text.includes("import ") ? text : `${complete.slice(0, complete.indexOf("export default"))}${text}`;
}

/** Names of the fields of a part of an object literal. */
function fieldsOf(part: string): string[] {
  const source = ts.createSourceFile("part.ts", `({ ${part} });`, ts.ScriptTarget.Latest);
  const [statement] = source.statements;
  if (statement === undefined || !ts.isExpressionStatement(statement)) return [];
  const { expression } = statement;
  if (!ts.isParenthesizedExpression(expression) || !ts.isObjectLiteralExpression(expression.expression)) return [];
  return expression.expression.properties.map((property) => property.name?.getText(source) ?? "");
}

/** The complete stage file with the fields of an example instead of its own: of the stage, or of its service. */
function merged({ text }: Block): string {
  const isOfStage = fieldsOf(text).every((field) => field in stageSchema.shape);
  const part = isOfStage ? text : `services: { orders: { ...webDefaults, ${text} } },`;
  const replaced = fieldsOf(part);
  return complete.replace(/(?<=defineStage\(\{\n)([^]*)(?=\n\}\);)/, (fields) => {
    const own = ts.createSourceFile("own.ts", `({\n${fields}\n});`, ts.ScriptTarget.Latest);
    const kept: string[] = [];
    const visit = (node: ts.Node): void => {
      if (!ts.isObjectLiteralExpression(node)) ts.forEachChild(node, visit);
      else
        kept.push(
          ...node.properties
            .filter(({ name }) => name === undefined || !replaced.includes(name.getText(own)))
            .map((each) => each.getText(own)),
        );
    };
    visit(own);
    return `${kept.join(",\n")},\n${part}`;
  });
}

describe("the examples of the documentation", () => {
  let folder: string;

  /** A configuration folder with the defaults of the fixtures and some more files. */
  function configuration(name: string, files: Readonly<Record<string, string>>): string {
    const config = join(folder, name, "config");
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(config, path)), { recursive: true });
      writeFileSync(join(config, path), text);
    }
    cpSync(join(fixtureConfig, "dev", "defaults.ts"), join(config, "dev", "defaults.ts"));
    return config;
  }

  function load(name: string, text: string): StageConfig | undefined {
    return loadStages(configuration(name, { [stageFile]: text }))[0];
  }

  beforeAll(() => {
    // In the project, whose schema the examples import.
    mkdirSync(toolsFolder, { recursive: true });
    folder = mkdtempSync(join(toolsFolder, "examples-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const named = examples.map((block): [name: string, block: Block] => [`${block.page}:${block.line}`, block]);
  const ofStages = named.filter(([, block]) => !isAccount(block));

  it("are found", () => {
    expect(ofStages.length).toBeGreaterThan(10);
    expect(complete).not.toBe("");
  });

  it.each(ofStages)("are stages that load and hold to the policy: %s", (name, block) => {
    const stage = load(name.replaceAll(/\W/g, "-"), isStage(block) ? withImports(block.text) : merged(block));
    expect(stage && stackName(stage)).toBe("dev04-us-east-1");
    if (stage === undefined) return;
    // An exception of an example has no violation that it allows.
    const stack = new StageStack(new App(), { ...stage, exceptions: [] });
    stack.prepareStack();
    expect(checkPolicy([{ stage: { ...stage, exceptions: [] }, stack }]).findings).toEqual([]);
  });

  it("have account files that load", () => {
    const [text = ""] = examples.filter(isAccount).map((block) => block.text);
    const config = configuration("account", { [accountFile]: text });
    expect(loadAccounts([], config)).toHaveLength(1);
  });

  it("show problems as they are printed", () => {
    const wrong = complete
      .replace('"us-east-1b"', '"eu-west-1b"')
      .replace("memoryMiB: 1024", "memoryMiB: 4096")
      .replace("cpu: 512", "cpu: 256");
    expect(wrong).not.toBe(complete);
    let message = "";
    try {
      load("wrong", wrong);
    } catch (error) {
      message = error instanceof Error ? error.message : "";
    }
    // The path of the copy's folder is not on the page.
    expect(message.replaceAll(/\S*(?=config\/dev\/)/g, "")).toContain(report.trimEnd());
    expect(report).toContain(`config/${stageFile}`);
  });

  it("type-check", () => {
    const files = [
      ...ofStages.map(([name, block]) => {
        const path = join(configuration(`types-${name.replaceAll(/\W/g, "-")}`, {}), stageFile);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, isStage(block) ? withImports(block.text) : merged(block));
        return path;
      }),
    ];
    const read = ts.readConfigFile(join(projectFolder, "tsconfig.json"), (path) => ts.sys.readFile(path));
    const { options } = ts.parseJsonConfigFileContent(read.config, ts.sys, projectFolder);
    const program = ts.createProgram(files, { ...options, noEmit: true });
    const problems = files.flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)));
    expect(problems.map(({ file, messageText }) => [file?.fileName, messageText])).toEqual([]);
  });
});
