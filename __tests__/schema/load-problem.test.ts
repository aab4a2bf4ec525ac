import { join } from "node:path";
import { loadProblem } from "../../schema/load-problem";

const folder = "/project/config";
const stage = `${folder}/dev/dev01/us-east-1-dev01.ts`;
const reason = 'Expected "}" but found ";"';

/** An error with the stack trace of Node.js. */
function thrown(error: Error, ...frames: readonly string[]): Error {
  error.stack = [`${error.name}: ${error.message}`, ...frames.map((frame) => `    at ${frame}`)].join("\n");
  return error;
}

describe("a syntax error", () => {
  it("is shown with file, line, column and reason of the parser", () => {
    const error = Object.assign(new Error("Build failed with 1 error"), {
      errors: [{ text: reason, location: { file: stage, line: 4, column: 10, lineText: '  owner: "é";' } }],
    });
    // Columns of the parser are bytes from 0: é has two.
    expect(loadProblem(stage, error)).toEqual({
      file: stage,
      field: "line 4, column 11",
      message: `${reason}; correct the syntax`,
    });
  });

  it("is shown with the column in characters", () => {
    const location = { file: stage, line: 4, column: 13, lineText: '  owner: "é";' };
    const error = Object.assign(new Error("Build failed"), { errors: [{ text: reason, location }] });
    expect(loadProblem(stage, error)).toMatchObject({ field: "line 4, column 13" });
  });

  it("is shown as well when only its text remains, in the file that has it", () => {
    const helper = `${folder}/dev/defaults.ts`;
    const error = new Error(`Transform failed with 1 error:\n${helper}:4:1: ERROR: ${reason}`);
    expect(loadProblem(stage, error)).toEqual({
      file: helper,
      field: "line 4, column 2",
      message: `${reason}; correct the syntax`,
    });
  });
});

describe("an error of a running file", () => {
  it("is shown in a file outside the folder that threw it", () => {
    const error = thrown(
      new Error("no"),
      "node:internal/modules/cjs/loader:1:1",
      "parse (/project/node_modules/yaml/index.ts:9:9)",
      "read (/project/shared/read.ts:2:5)",
      `Object.<anonymous> (${stage}:1:1)`,
    );
    expect(loadProblem(stage, error)).toMatchObject({ file: "/project/shared/read.ts", field: "line 2, column 5" });
  });

  it("is shown for the loaded file when only the program is in its stack trace", () => {
    const loader = join(__dirname, "../../schema/load-problem.ts");
    const error = thrown(
      new Error("no"),
      "node:fs:1:1",
      `loadOrProblem (${loader}:1:1)`,
      "main (/project/main.ts:1:1)",
    );
    expect(loadProblem(stage, error)).toMatchObject({ file: stage, field: "file" });
  });

  it("is shown where the first of the loaded files threw it", () => {
    const error = thrown(
      new TypeError("Cannot read properties of undefined (reading 'b')"),
      `pick (${join(__dirname, "../../schema/stage.ts")}:1:1)`,
      `Object.<anonymous> (${folder}/prod/services.ts:7:23)`,
      `Object.<anonymous> (${stage}:1:1)`,
    );
    expect(loadProblem(stage, error)).toEqual({
      file: `${folder}/prod/services.ts`,
      field: "line 7, column 23",
      message: "TypeError: Cannot read properties of undefined (reading 'b'); correct the file",
    });
  });

  it("is shown with all lines of its message in one", () => {
    const error = thrown(new Error("no account:\n  dev\n  prod"), `<anonymous> (${stage}:1:19)`);
    expect(loadProblem(stage, error)).toMatchObject({
      message: "Error: no account: dev prod; correct the file",
    });
  });

  it("is shown without the files of the program that required it", () => {
    const error = thrown(
      new Error("Cannot find module './nope'\nRequire stack:\n- a.ts"),
      `<anonymous> (${stage}:1:19)`,
    );
    expect(loadProblem(stage, error)).toMatchObject({
      field: "line 1, column 19",
      message: "Error: Cannot find module './nope'; correct the file",
    });
  });

  it("is shown in a folder whose name has spaces and brackets, and in an asynchronous function", () => {
    const file = "/my project (1)/config/dev/defaults.ts";
    for (const frame of [`Object.<anonymous> (${file}:7:23)`, `async ${file}:7:23`, `async load (${file}:7:23)`]) {
      expect(loadProblem(stage, thrown(new Error("no"), frame))).toMatchObject({ file, field: "line 7, column 23" });
    }
  });

  it("is shown where it was thrown, whatever its message looks like", () => {
    const error = thrown(new Error("at foo (/etc/passwd.ts:1:1)"), `<anonymous> (${stage}:2:3)`);
    expect(loadProblem(stage, error)).toMatchObject({ file: stage, field: "line 2, column 3" });
  });

  it("is shown with its own message when it has errors of its own", () => {
    const error = thrown(new AggregateError([new Error("one")], "many"), `<anonymous> (${stage}:1:1)`);
    expect(loadProblem(stage, error)).toMatchObject({ message: "AggregateError: many; correct the file" });
  });

  it.each([
    ["no prototype", Object.create(null)],
    ["a stack trace that is a number", Object.assign(new Error("no"), { stack: 42 })],
    [
      "a message that throws an error",
      Object.defineProperty(new Error("no"), "message", {
        get() {
          throw new Error("never");
        },
      }),
    ],
  ])("is shown when it has %s", (_, error) => {
    expect(loadProblem(stage, error)).toMatchObject({ file: stage, field: "file" });
  });

  it("is shown for the loaded file when nothing says where it is", () => {
    expect(loadProblem(stage, "no")).toEqual({
      file: stage,
      field: "file",
      message: "no was thrown; correct the file",
    });
  });
});
