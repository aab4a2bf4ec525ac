import { execFileSync } from "node:child_process";
import { join } from "node:path";
import Ajv, { type ValidateFunction } from "ajv";
import { projectFolder } from "../../../../cli/lib/project";

/** The JSON schema of GitLab's pipeline editor, from gitlab-ci-local. */
export function gitlabSchema(): ValidateFunction {
  const file = join(projectFolder, "node_modules/gitlab-ci-local/src/schema/index.js");
  const program = `import schema from ${JSON.stringify(file)}; process.stdout.write(JSON.stringify(schema));`;
  const text = execFileSync(process.execPath, ["--input-type=module", "--eval", program], { maxBuffer: 2 ** 24 });
  const schema: unknown = JSON.parse(text.toString());
  if (typeof schema !== "object" || schema === null) throw new Error(`${file} contains no schema`);
  const keywords = ["markdownDescription"];
  return new Ajv({ allowUnionTypes: true, strictTypes: false, validateFormats: false, keywords }).compile(schema);
}
