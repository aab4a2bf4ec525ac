// Runs a TypeScript program of the project: node cli/run.mjs <file> [arguments]. It runs as one script, which loads several
// times faster than its sources and those of the packages; the script is built again whenever one of them differs.
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { constants, Script } from "node:vm";
import { currentBundle } from "./run/bundle.mjs";
import { compileOnRequire, positionInConfig, provide } from "./run/config-files.mjs";
import { mapPositions } from "./run/positions.mjs";

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const [node, , program, ...args] = process.argv;

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function lineOf(error) {
  return String(error).replace(/\s*\n\s*/g, " ");
}

if (program === undefined) fail("usage: node cli/run.mjs <TypeScript file, from the project's folder> [arguments]");
const bundle = await currentBundle(project, program).catch((error) => fail(error.message));

mapPositions(bundle.path, bundle.sourceMap, project);
process.on("uncaughtException", (error) => {
  const position = positionInConfig(error);
  // Node.js would print the line of the script, too, which is the whole program.
  if (position === undefined) console.error(error);
  else console.error(`${relative(process.cwd(), position)}: ${lineOf(error)}, after the file was loaded; correct it`);
  process.exit(1);
});

const path = join(project, program);
process.argv = [node, path, ...args];
compileOnRequire(project);
const script = new Script(bundle.code, {
  filename: bundle.path,
  cachedData: bundle.compiled,
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
});
if (bundle.compiled === undefined || script.cachedDataRejected) {
  process.once("exit", () => bundle.keepCompiled(script.createCachedData()));
}
const module = { exports: {} };
const run = script.runInThisContext();
run(module.exports, createRequire(path), module, project, (file, exports) => provide(join(project, file), exports));
