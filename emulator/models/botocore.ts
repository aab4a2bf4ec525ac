import { execFile } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";

const script = "import importlib.util as u; print(u.find_spec('botocore').submodule_search_locations[0])";

/**
 * The folder with AWS's API models: that of botocore, on which moto depends, in the Python that runs moto_server.
 *
 * @param motoServer path or name of moto_server
 * @throws Error when that Python has no botocore
 */
export async function findModels(motoServer: string): Promise<string> {
  const program = pathOf(motoServer);
  const interpreters = program === undefined ? ["python3"] : interpretersOf(program);
  for (const interpreter of interpreters) {
    const found = await promisify(execFile)(interpreter, ["-c", script]).catch(() => undefined);
    const data = found && join(found.stdout.trim(), "data");
    if (data !== undefined && existsSync(data)) return data;
  }
  throw new Error(
    `no botocore was found for ${motoServer} (looked with ${interpreters.join(", ")}); it is a dependency of moto: install moto with \`pip install 'moto[server]'\``,
  );
}

// A launcher of a version manager is a shell script, beside which that manager has a Python.
function interpretersOf(program: string): readonly string[] {
  const shebang = /^#!(\S*python[\d.]*)\s*$/.exec(readFileSync(program, "utf8").split("\n", 1)[0] ?? "")?.[1];
  const folders = [dirname(realpathSync(program)), dirname(program)];
  return [...(shebang === undefined ? [] : [shebang]), ...folders.map((folder) => join(folder, "python3")), "python3"];
}

function pathOf(program: string): string | undefined {
  if (program.includes("/")) return existsSync(program) ? program : undefined;
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.map((folder) => join(folder, program)).find((file) => existsSync(file));
}
