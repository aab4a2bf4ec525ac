#!/usr/bin/env node
import { createRequire } from "node:module";
import { register } from "tsx/cjs/api";

// The sources are CommonJS modules; the loader for ES modules takes a second more.
register();
createRequire(import.meta.url)("./main.ts");
