import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { Problem } from "./problems";
import { regions } from "./regions";
import { misspelt } from "./similar";

/** Folder of the account files, beside those of the environments. */
export const accountsFolder = "accounts";

/** A stage file or an account file, found by its path. */
export interface ConfigFile {
  /** Absolute path. */
  readonly path: string;
  /** The path in messages. */
  readonly file: string;
  /** Name of the stack that the file describes. */
  readonly stack: string;
  /** The fields that the path repeats. */
  readonly fields: { readonly region: string } & Readonly<Record<string, string>>;
}

/** What a configuration folder contains. */
export interface ConfigFiles {
  readonly stages: readonly ConfigFile[];
  readonly accounts: readonly ConfigFile[];
  /** Files that look like configuration and are read by nothing. */
  readonly problems: readonly Problem[];
}

/** A path in messages: relative to the working directory when it is below it, else absolute. */
export function shownPath(path: string): string {
  const shown = relative(process.cwd(), path);
  return shown === "" || shown.startsWith("..") || isAbsolute(shown) ? path : shown.split(sep).join("/");
}

/**
 * Finds the stage files `<environment>/<stage>/<region>-<stage>.ts` and the account files `accounts/<alias>/<region>.ts`
 * of a configuration folder, in the order of their paths. Every other file has a problem, except hidden files, backups
 * of editors, Markdown, and TypeScript files that the former import.
 */
export function configFiles(folder: string): ConfigFiles {
  if (!existsSync(folder)) return noStage(folder, "does not exist");
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !isIgnored(path))
    .sort();
  const imported = importedFiles(folder, paths);
  const found = paths.map((path) => classify(folder, path, imported));
  if (found.every(({ stage, account, problem }) => (stage ?? account ?? problem) === undefined)) {
    return noStage(folder, "contains no stage file");
  }
  return {
    stages: found.flatMap(({ stage }) => stage ?? []),
    accounts: found.flatMap(({ account }) => account ?? []),
    problems: found.flatMap(({ problem }) => problem ?? []),
  };
}

/** Says of a configuration folder that it has no account file. */
export function noAccountStack(folder: string): string {
  return `there is no account stack; add ${shownPath(resolve(folder))}/${accountsFolder}/<alias>/<region>.ts`;
}

function noStage(folder: string, message: string): ConfigFiles {
  const remedy = "name the folder of the stage files, or create them with npm run init";
  const problem = { file: shownPath(folder), field: "configuration folder", message: `${message}; ${remedy}` };
  return { stages: [], accounts: [], problems: [problem] };
}

interface Found {
  readonly stage?: ConfigFile;
  readonly account?: ConfigFile;
  readonly problem?: Problem;
}

function classify(folder: string, path: string, imported: ReadonlySet<string>): Found {
  const file = shownPath(join(folder, path));
  const parts = path.split(sep);
  const [environment = "", stage = "", name = ""] = parts;
  const at = (field: string, value: string, message: string): Found => ({ problem: { file, field, value, message } });
  const stats = statSync(join(folder, path), { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) {
    return at("folder", file, "is not read, as it is a link to a folder; move the folder here");
  }
  if (stats?.isFile() !== true) {
    const message = "is not a file that can be read, such as a link to a file that does not exist; remove it";
    return at("file name", basename(path), message);
  }
  if (!path.endsWith(".ts")) {
    const message = `is not read, as it is not a TypeScript file; ${otherExtension(path)}`;
    return at("file name", basename(path), message);
  }
  if (environment === accountsFolder && parts.length === 3) {
    const region = name.replace(/\.ts$/, "");
    if (isRegion(region)) {
      const fields = { alias: stage, region };
      return { account: { path: join(folder, path), file, stack: `account-${stage}-${region}`, fields } };
    }
    if (imported.has(path)) return {};
    const hint = misspelt(region, regions);
    const remedy = hint === undefined ? "name it <region>.ts" : `did you mean ${hint}.ts?`;
    return at("file name", name, `must be the region of an account file; ${remedy}`);
  }
  const described = stageOfName(basename(path));
  const isInEnvironment = environment !== accountsFolder && parts.length === 3;
  if (isInEnvironment && described?.stage === stage) {
    const { region } = described;
    const fields = { environment, stage, region };
    return { stage: { path: join(folder, path), file, stack: `${stage}-${region}`, fields } };
  }
  if (imported.has(path)) return {};
  if (described !== undefined) {
    const isBelow = parts.length > 1 && environment !== accountsFolder;
    const expected = join(isBelow ? environment : "<environment>", described.stage);
    const move = `move it to ${shownPath(join(folder, expected))}/`;
    const rename = isInEnvironment ? `, or name it ${described.region}-${stage}.ts` : "";
    return at("folder", shownPath(dirname(join(folder, path))), `is not the folder of this stage; ${move}${rename}`);
  }
  if (isInEnvironment) {
    const suffix = `-${stage}.ts`;
    const hint = name.endsWith(suffix) ? misspelt(name.slice(0, -suffix.length), regions) : undefined;
    const remedy = hint === undefined ? `name it <region>${suffix}` : `did you mean ${hint}${suffix}?`;
    return at("file name", name, `must be the name of a stage file; ${remedy}`);
  }
  const place =
    environment === accountsFolder ? "accounts/<alias>/<region>.ts" : "<environment>/<stage>/<region>-<stage>.ts";
  const remedy = hasDefaultExport(join(folder, path)) ? `move it to ${place}` : "import it, or remove it";
  return at("file", path.split(sep).join("/"), `is not read, as no other file imports it; ${remedy}`);
}

/** Follows links. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** Hidden files, backups of editors, and documentation. */
function isIgnored(path: string): boolean {
  return path.split(sep).some((part) => part.startsWith(".")) || /(~|\.swp|\.bak|\.orig|\.md)$|^#|[/\\]#/.test(path);
}

function otherExtension(path: string): string {
  const name = basename(path).replace(/\.[cm]?[jt]sx?$/, "");
  return name === basename(path) ? "move it out of the folder" : `name it ${name}.ts, or move it out of the folder`;
}

function isRegion(text: string): boolean {
  return regions.some((region) => region === text);
}

/** Region and stage of a file name `<region>-<stage>.ts`. */
function stageOfName(name: string): { readonly region: string; readonly stage: string } | undefined {
  const region = regions.find((each) => name.startsWith(`${each}-`));
  const [, stage] = /^-([a-z][a-z0-9]*)\.ts$/.exec(name.slice(region?.length)) ?? [];
  return region === undefined || stage === undefined ? undefined : { region, stage };
}

/** The files that others import by a relative path. Their text is searched, as a file with an error cannot be loaded. */
function importedFiles(folder: string, paths: readonly string[]): ReadonlySet<string> {
  const imports = paths
    .filter((path) => path.endsWith(".ts") && isFile(join(folder, path)))
    .flatMap((path) =>
      [...textOf(join(folder, path)).matchAll(/\b(?:from|import|require\()\s*\(?["'](\.{1,2}\/[^"'\n]+)["']/g)].map(
        ([, specifier = ""]) => relative(folder, resolve(folder, dirname(path), specifier)),
      ),
    );
  return new Set(imports.flatMap((each) => [each, `${each}.ts`, each.replace(/\.js$/, ".ts"), join(each, "index.ts")]));
}

function hasDefaultExport(path: string): boolean {
  return /^\s*export\s+default\b|^\s*export\s*\{[^}]*\bas\s+default\b/m.test(textOf(path));
}

function textOf(path: string): string {
  return readFileSync(path, "utf8");
}
