import { createRequire, Module } from "node:module";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { Cache, hashOf } from "./cache.mjs";
import { mapPositions } from "./positions.mjs";

/** Of the files in the cache; other checkouts may use the same node_modules/. */
const format = "code and map, with a checksum";

/** Each has some kilobytes. */
const maximumCount = 1000;

const require = createRequire(import.meta.url);

/** The paths of the files that were compiled. */
const paths = new Set();

/** The TypeScript files of a configuration folder are no part of a bundle: `require` compiles each one, once for its path and content. */
export function compileOnRequire(project) {
  const cache = new Cache(project, "modules", maximumCount);
  refuseExit();
  require.extensions[".ts"] = (module, path) => {
    const { version } = require("esbuild/package.json");
    const source = readFileSync(path, "utf8");
    paths.add(path);
    // The source map names the path.
    const name = `${hashOf(format, version, process.version, path, source)}.json`;
    const [cached] = cache.read(name);
    const { code, map } = JSON.parse(
      cached?.toString() ?? compile(source, path, (compiled) => cache.write(name, compiled)),
    );
    mapPositions(path, () => map, dirname(path));
    module._compile(code, path);
  };
}

/** The position in a compiled file that threw an error, `<path>:<line>:<column>`; undefined when none did. */
export function positionInConfig(error) {
  const [, ...frames] = String(error?.stack ?? "").split(/\n(?= {4}at )/);
  for (const frame of frames) {
    const path = [...paths].find((each) => frame.includes(`${each}:`));
    if (path !== undefined) return frame.slice(frame.indexOf(`${path}:`)).replace(/\)$/, "");
  }
  return undefined;
}

/** A compiled file must not end the program, which would seem to have nothing to do. */
function refuseExit() {
  const { exit } = process;
  process.exit = (code) => {
    const error = new Error("calls process.exit");
    if (positionInConfig(error) !== undefined) throw error;
    exit(code);
  };
}

/** Makes a module known under the path of a file, so that `require` does not load the file. */
export function provide(path, exports) {
  const module = new Module(path);
  require.cache[path] = Object.assign(module, { exports, loaded: true });
}

/** @throws the error of esbuild, with `errors` that have a text and a location */
function compile(source, path, keep) {
  const { transformSync } = require("esbuild");
  const { code, map } = transformSync(source, {
    loader: "ts",
    format: "cjs",
    platform: "node",
    target: `node${process.versions.node}`,
    sourcefile: path,
    sourcemap: "external",
    sourcesContent: false,
    logLevel: "silent",
  });
  const compiled = JSON.stringify({ code, map });
  keep(compiled);
  return compiled;
}
