import { fieldsAt, valueAt } from "../../schema/fields";
import { parseStage } from "../../schema/loader";
import { stageSchema } from "../../schema/stage";
import { connectedStages } from "../fixtures/connected-stages";

type Path = readonly (string | number)[];

const fieldOf = (path: Path) =>
  path.map((part, index) => (typeof part === "number" ? `[${part}]` : `${index > 0 ? "." : ""}${part}`)).join("");
const fieldsWithProblems = (input: unknown) =>
  parseStage("config/dev/dev01/us-east-1-dev01.ts", input).problems.map(({ field }) => field);

/** Paths of all fields, list items and named parts of a stage. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  const below = Array.isArray(value)
    ? value.flatMap((each, index) => pathsOf(each, [...path, index]))
    : typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, each]) => pathsOf(each, [...path, key]))
      : [];
  return path.length === 0 ? below : [path, ...below];
}

/** A copy of the stage in which the part has another value, or another name. */
function replaced(stage: object, path: Path, edit: (parent: object, key: string | number) => void): unknown {
  // Other than structuredClone, this copies a part that two services share twice.
  const copy: unknown = JSON.parse(JSON.stringify(stage));
  const parent = valueAt(copy, path.slice(0, -1));
  const key = path.at(-1);
  if (typeof parent !== "object" || parent === null || key === undefined)
    throw new Error(`no parent of ${fieldOf(path)}`);
  edit(parent, key);
  return copy;
}

function rename(parent: object, key: string | number, name: string): void {
  Reflect.set(parent, name, Reflect.get(parent, key));
  Reflect.deleteProperty(parent, key);
}

/** The parts whose edit has other problems than those that `isExpected` accepts, with all problems. */
function secondProblems(
  stage: object,
  paths: readonly Path[],
  edit: (parent: object, key: string | number) => void,
  isExpected: (problems: readonly string[], field: string) => boolean,
): Record<string, string[]> {
  const results = paths.map((path) => [fieldOf(path), fieldsWithProblems(replaced(stage, path, edit))] as const);
  return Object.fromEntries(results.filter(([field, problems]) => !isExpected(problems, field)));
}

describe.each(Object.entries(connectedStages))("of %s, the only problem", (_, stage) => {
  const paths = pathsOf(stage);
  const isField = (path: Path) => fieldsAt(stageSchema, path.slice(0, -1), stage).includes(String(path.at(-1)));

  it("is none while everything is right", () => {
    expect(fieldsWithProblems(stage)).toEqual([]);
  });

  it("is a wrong value, whatever depends on it", () => {
    const edit = (parent: object, key: string | number) => Reflect.set(parent, key, -0.5);
    const isExpected = (problems: readonly string[], field: string) =>
      problems.length > 0 && problems.every((each) => each.startsWith(field));
    expect(secondProblems(stage, paths, edit, isExpected)).toEqual({});
  });

  it("is a misspelt field, whatever depends on it", () => {
    const edit = (parent: object, key: string | number) => {
      rename(parent, key, `${key}x`);
    };
    const isExpected = (problems: readonly string[], field: string) => problems.join() === `${field}x`;
    expect(secondProblems(stage, paths.filter(isField), edit, isExpected)).toEqual({});
  });

  it("is a wrong name of a part, whatever refers to it", () => {
    const names = paths.filter((path) => typeof path.at(-1) === "string" && !isField(path));
    const edit = (parent: object, key: string | number) => {
      rename(parent, key, `${key}!`);
    };
    const isExpected = (problems: readonly string[], field: string) => problems.join() === `${field}!`;
    expect(secondProblems(stage, names, edit, isExpected)).toEqual({});
  });
});
