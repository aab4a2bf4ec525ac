import { readFileSync, rmSync } from "node:fs";
import { build, imageCommand } from "../../../../cli/lib/local-service/build";
import { TemporaryFolder } from "../temporary-folder";

const folder = new TemporaryFolder();
const program = { name: "orders", version: "1.0.0", scripts: { build: "echo built > built.txt" } };

function dockerfile(...lines: string[]): void {
  folder.write("package.json", JSON.stringify(program));
  folder.write("Dockerfile", lines.join("\n"));
}

test("the command of an image is the last CMD of its Dockerfile", () => {
  dockerfile("FROM node AS build", 'CMD ["npm", "start"]', "FROM node", 'CMD ["node", "dist/server.js"]', "");
  expect(imageCommand(folder.path)).toEqual(["node", "dist/server.js"]);
});

test("an entry point comes before the command", () => {
  dockerfile("FROM node", 'ENTRYPOINT ["node"]', 'CMD ["dist/server.js"]');
  expect(imageCommand(folder.path)).toEqual(["node", "dist/server.js"]);
});

test.each([
  ["a health check", ["HEALTHCHECK --interval=5s \\", 'CMD ["curl", "localhost"]']],
  ["a command of an earlier stage", ['CMD ["npm", "run", "dev"]', "FROM node", "RUN true"]],
  ["a command in the shell form", ["CMD node dist/server.js"]],
  ["a list that is not JSON", ["CMD ['node', 'dist/server.js']"]],
  ["a command whose entry point is in the shell form", ["ENTRYPOINT exec node", 'CMD ["dist/server.js"]']],
])("%s is not run", (_case, lines) => {
  dockerfile("FROM node", ...lines);
  expect(imageCommand(folder.path)).toBeUndefined();
});

test("an empty entry point removes that of the base image", () => {
  dockerfile("FROM node", "ENTRYPOINT []", 'CMD ["node", \\', '  "dist/server.js"]');
  expect(imageCommand(folder.path)).toEqual(["node", "dist/server.js"]);
});

test("a folder without a Node.js program has no command", () => {
  dockerfile("FROM golang", 'CMD ["/orders"]');
  rmSync(folder.write("package.json"));
  expect(imageCommand(folder.path)).toBeUndefined();
});

test("a build without packages installs them, and says with npm's output why that fails", async () => {
  dockerfile("FROM node", 'CMD ["node", "dist/server.js"]');
  const { signal } = new AbortController();
  folder.write("package-lock.json", "{");
  await expect(build(folder.path, signal)).rejects.toThrow(/npm ci .* in \S+ failed with exit code 1:[^]*npm error/);
});

test("a build with installed packages runs the script only", async () => {
  dockerfile("FROM node", 'CMD ["node", "dist/server.js"]');
  folder.write("package-lock.json", "{}");
  folder.write("node_modules/.package-lock.json", "{}");
  await build(folder.path, new AbortController().signal);
  expect(readFileSync(`${folder.path}/built.txt`, "utf8")).toBe("built\n");
});
