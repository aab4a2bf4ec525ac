import { existsSync } from "node:fs";
import { join } from "node:path";
import known from "../app/environment.json";
import openapi from "../app/openapi.json";
import { stackName, webServices, type ServiceConfig } from "../schema";
import type { Route } from "../schema/route";
import { fixtureStages } from "./fixtures/config";
import { containersOf } from "./fixtures/synthesized";
import { Synthesized } from "./fixtures/synthesized";

const app = join(__dirname, "..", "app");
const probes = ["/health", "/ready"];

describe.each(fixtureStages().map((stage) => [stackName(stage), stage] as const))(
  "the service in app/, as %s runs it",
  (_, stage) => {
    const stack = new Synthesized(stage);
    const services = Object.entries(stage.services);

    it("defines every variable of its environment", () => {
      const names = known.map(({ name }) => name);
      const set = services.flatMap(([name]) => containersOf(stack, name.replaceAll("-", "_"))[name]?.environment ?? []);
      expect(set.map(({ name }) => name)).toEqual(expect.arrayContaining(["STOP_TIMEOUT_SECONDS", "PORT"]));
      expect(set.filter(({ name }) => !names.includes(name))).toEqual([]);
    });

    it("uses the key of its table, whose items expire", () => {
      const { requests } = stage.data.tables;
      const expected = { partitionKey: { name: "request", type: "string" }, timeToLiveAttribute: "ends" };
      const isUsed = services.some(([, { uses }]) => uses.includes("table:requests"));
      expect(requests).toEqual(isUsed ? expect.objectContaining(expected) : undefined);
    });

    it("has every program that it is started with", () => {
      const programs = services
        .flatMap(([, service]) => commandsOf(service))
        .flatMap(([node, file]) => (node === "node" ? [file] : []));
      expect(programs).toContain("dist/health-check.js");
      const sources = programs.map((file = "") => file.replace("dist/", "src/").replace(".js", ".ts"));
      expect(sources.filter((source) => !existsSync(join(app, source)))).toEqual([]);
    });

    it("answers what its routes declare, and is asked for all that it answers", () => {
      for (const [name, { routes, environment }] of webServices(stage)) {
        const { BASE_PATH: base = "" } = environment;
        const operations = Object.entries(openapi.paths).flatMap(([path, methods]) =>
          Object.keys(methods).map((method) => ({
            path: probes.includes(path) ? path : `${base}${path}`,
            method: method.toUpperCase(),
          })),
        );
        const unreached = operations.filter(
          ({ path, method }) => !probes.includes(path) && !routes.some((route) => leads(route, method, path)),
        );
        expect([name, unreached]).toEqual([name, []]);
        const unanswered = routes.filter((route) => !operations.some(({ path, method }) => leads(route, method, path)));
        expect([name, unanswered.map(({ text }) => text)]).toEqual([name, []]);
      }
    });
  },
);

function commandsOf(service: ServiceConfig): readonly (readonly string[])[] {
  const check = service.kind === "job" ? undefined : service.healthCheck?.container.command;
  const tasks = service.kind === "job" ? [] : Object.values(service.tasks).map(({ command }) => command);
  return [service.command, check, ...tasks].filter((command) => command !== undefined);
}

function leads({ method, segments, greedy }: Route, asked: string, path: string): boolean {
  const parts = path.split("/").filter((part) => part !== "");
  if (method !== "ANY" && method !== asked) return false;
  if (greedy ? parts.length < segments.length : parts.length !== segments.length) return false;
  return segments.every(
    (segment, index) => segment === parts[index] || (segment.startsWith("{") && parts[index]?.startsWith("{")),
  );
}
