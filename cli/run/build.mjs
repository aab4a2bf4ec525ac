import { readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { build } from "esbuild";

/** Packages that find files of their own, or that few commands use: they are loaded from node_modules/. */
const external = ["@aws-sdk/*", "@cloud-copilot/*", "@smithy/*", "esbuild", "prettier", "typescript"];

/** The module that stage files import. */
const schema = "schema/index.ts";

/**
 * Bundles a program. The code is a function of `exports`, `require`, `module`, the project's folder, and a function that
 * receives the path and the exports of the module that stage files import, so that they share it with the program.
 *
 * @throws Error with one line for each problem: file, line, column and reason
 */
export async function buildBundle(project, program) {
  const { metafile, outputFiles, warnings } = await build({
    absWorkingDir: project,
    entryPoints: [program],
    bundle: true,
    external,
    format: "cjs",
    platform: "node",
    target: `node${process.versions.node}`,
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "none",
    banner: { js: "(function (exports, require, module, __project, __provide) {" },
    footer: { js: "})" },
    sourcemap: "external",
    sourcesContent: false,
    metafile: true,
    write: false,
    outfile: "bundle.cjs",
    plugins: [ownFiles(project)],
    logLevel: "silent",
  }).catch((failure) => {
    throw new Error(describe(`${program} cannot be built`, failure));
  });
  // Such a package finds its own files, and would fail when it runs.
  const errors = warnings.filter(({ id }) => id === "empty-import-meta");
  if (errors.length > 0)
    throw new Error(describe(`${program} needs an entry in \`external\` of cli/run/build.mjs`, { errors }));
  const textOf = (extension) => outputFiles.find(({ path }) => path.endsWith(extension)).text;
  return { code: textOf(".cjs"), sourceMap: textOf(".map"), inputs: Object.keys(metafile.inputs) };
}

/** Gives the project's files their own place, as the bundle has another one and may serve several checkouts. */
function ownFiles(project) {
  return {
    name: "own files",
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const file = relative(project, path).replaceAll("\\", "/");
        const contents = await readFile(path, "utf8");
        const place = `const __filename = require("node:path").join(__project, ${JSON.stringify(file)});`;
        const folder = `const __dirname = require("node:path").join(__project, ${JSON.stringify(dirname(file))});`;
        const start = /\b__(dir|file)name\b/.test(contents) ? place + folder : "";
        const end =
          file === schema ? `\nimport * as self from "./index"; __provide(${JSON.stringify(file)}, self);` : "";
        return { contents: start + contents + end, loader: "ts" };
      });
    },
  };
}

function describe(title, failure) {
  const problems = failure.errors?.map(({ text, location }) =>
    location === null ? text : `${location.file}:${location.line}:${location.column + 1}: ${text}`,
  ) ?? [failure.message];
  return [title, ...problems].join("\n  ");
}
