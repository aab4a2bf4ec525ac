import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { environmentVariables } from "./src/environment";
import { openApiDocument } from "./test/fixtures/document";

function write(file: string, content: unknown): void {
  writeFileSync(join(__dirname, file), `${JSON.stringify(content, null, 2)}\n`);
}

// What the stack's routes and variables are compared with, readable without the service's own packages.
void openApiDocument().then((document) => {
  write("openapi.json", document);
  write("environment.json", environmentVariables);
});
