import { createRequire } from "node:module";

/** What a file exports by default: undefined when it exports nothing, and the error when it cannot be loaded. */
export function contentOf(path: string): unknown {
  try {
    const module: unknown = createRequire(__filename)(path);
    return typeof module === "object" && module !== null && "default" in module ? module.default : undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
