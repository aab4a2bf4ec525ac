import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { Cache, hashOf } from "./cache.mjs";

/** Files and folders of the project from which programs are bundled. Everything in them is part of a bundle's name. */
const sources = [
  "package.json",
  "tsconfig.json",
  "main.ts",
  "cli",
  "emulator",
  "network-paths",
  "policy",
  "schema",
  "stacks",
];

/** Of packages, whose sources are compared by size and time: they change when npm installs them. */
const lockFiles = ["package-lock.json", "node_modules/.package-lock.json"];

/** Each has some 10 MB. */
const maximumCount = 24;

/** Before what is known of a bundle, at the end of its code. */
const recordMark = "\n//# built from ";

/**
 * A program of the project with everything that it imports, as one script. It is taken from the cache when it was built
 * from the files as they are now.
 *
 * @param program path of a TypeScript file from the project's folder
 * @throws Error with the place and the reason, when the program cannot be built
 */
export async function currentBundle(project, program) {
  const cache = new Cache(project, "bundles", maximumCount);
  const key = keyOf(project, program);
  for (const content of cache.read(`${key}.cjs`)) {
    const code = content.toString();
    const { inputs, hash } = recordOf(code);
    if (inputs.every((input) => isUnchanged(project, input))) return bundle(cache, key, code, hash);
  }
  return build(project, program, cache);
}

async function build(project, program, cache) {
  const { buildBundle } = await import("./build.mjs");
  for (;;) {
    const started = Date.now();
    const key = keyOf(project, program);
    const built = await buildBundle(project, program);
    // A file may have been edited meanwhile: the key must be that of the files which were read.
    if (keyOf(project, program) !== key) continue;

    const inputs = built.inputs.filter((input) => !isSource(input)).map((input) => stampOf(project, input));
    const hash = hashOf(built.code);
    const code = `${built.code}${recordMark}${JSON.stringify({ inputs, hash })}`;
    if (inputs.every(([, , mtimeMs]) => mtimeMs < started)) {
      cache.write(sourceMapName(key, hash), built.sourceMap);
      cache.write(`${key}.cjs`, code);
    }
    return { ...bundle(cache, key, code, hash), sourceMap: () => built.sourceMap };
  }
}

function bundle(cache, key, code, hash) {
  const compiledName = `${key}-${hash}.v8`;
  return {
    code,
    /** In stack traces. */
    path: join(cache.folders[0].path, `${key}.cjs`),
    sourceMap: () => {
      const map = first(cache.read(sourceMapName(key, hash)));
      if (map === undefined) cache.remove(`${key}.cjs`);
      return map?.toString();
    },
    /** What V8 made of the code in an earlier process. */
    compiled: first(cache.read(compiledName)),
    keepCompiled: (compiled) => cache.write(compiledName, compiled),
  };
}

function first([value]) {
  return value;
}

function sourceMapName(key, hash) {
  return `${key}-${hash}.map`;
}

function recordOf(code) {
  return JSON.parse(code.slice(code.lastIndexOf(recordMark) + recordMark.length));
}

/** Differs when the content of any source does; takes some 10 ms. */
function keyOf(project, program) {
  const contents = [process.version, program, realpathSync(join(project, "node_modules"))];
  const add = (path) => contents.push(path, readFileSync(join(project, path)));
  const addAll = (path) => {
    const entries = readdirSync(join(project, path), { withFileTypes: true });
    for (const entry of entries) (entry.isDirectory() ? addAll : add)(join(path, entry.name));
  };
  for (const path of [...sources, ...lockFiles]) {
    const stats = statSync(join(project, path), { throwIfNoEntry: false });
    if (stats !== undefined) (stats.isDirectory() ? addAll : add)(path);
  }
  return hashOf(...contents);
}

function isSource(input) {
  return sources.includes(input.split("/")[0]);
}

function stampOf(project, input) {
  const { size, mtimeMs } = statSync(join(project, input));
  return [input, size, mtimeMs];
}

function isUnchanged(project, [input, size, mtimeMs]) {
  const stats = statSync(join(project, input), { throwIfNoEntry: false });
  return stats !== undefined && stats.size === size && stats.mtimeMs === mtimeMs;
}
