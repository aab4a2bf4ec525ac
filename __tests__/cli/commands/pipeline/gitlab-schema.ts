import { execFileSync } from "node:child_process";
import { join } from "node:path";
import Ajv, { type ValidateFunction } from "ajv";
import { projectFolder } from "../../../../cli/lib/toolchain/project";

/** What GitLab's editor checks pipelines with, as gitlab-ci-local brings it. */
export function gitlabSchema(): ValidateFunction {
  const file = join(projectFolder, "node_modules/gitlab-ci-local/src/schema/index.js");
  const program = `import schema from ${JSON.stringify(file)}; process.stdout.write(JSON.stringify(schema));`;
  const text = execFileSync(process.execPath, ["--input-type=module", "--eval", program], { maxBuffer: 2 ** 24 });
  const schema: unknown = JSON.parse(text.toString());
  if (typeof schema !== "object" || schema === null) throw new Error(`${file} holds no schema`);
  const keywords = ["markdownDescription"];
  return new Ajv({ allowUnionTypes: true, strictTypes: false, validateFormats: false, keywords }).compile(schema);
}
