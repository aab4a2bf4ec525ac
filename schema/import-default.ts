import { createRequire } from "node:module";

/** The default export of a TypeScript file of a configuration folder; undefined when it has none. */
export function importDefault(path: string): unknown {
  const module: unknown = createRequire(__filename)(path);
  return typeof module === "object" && module !== null && "default" in module ? module.default : undefined;
}
